defmodule Harbor do
  @moduledoc """
  A small web framework.

    * `Harbor.Endpoint` - where requests come in
    * `Harbor.Router` - which function answers them
    * `Harbor.Controller` - how
    * `Harbor.Component` - what it looks like
  """

  use Application

  @doc false
  def start(_type, _args) do
    children = [
      {Registry, keys: :unique, name: Harbor.Registry},
      {Task.Supervisor, name: Harbor.Connections}
    ]

    Supervisor.start_link(children, strategy: :one_for_one, name: Harbor.Supervisor)
  end

  @doc "The module that encodes and decodes JSON."
  @spec json_library() :: module()
  def json_library, do: Application.get_env(:harbor, :json_library, Jot)
end
