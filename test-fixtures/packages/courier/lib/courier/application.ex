defmodule Courier.Application do
  @moduledoc false
  use Application

  @impl true
  def start(_type, _args) do
    children = [{Task.Supervisor, name: Courier.TaskSupervisor}]
    Supervisor.start_link(children, strategy: :one_for_one, name: Courier.Supervisor)
  end
end
