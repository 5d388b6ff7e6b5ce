defmodule Bookshop.Mailer.Memory do
  @moduledoc "Keeps letters, for tests."

  use Agent
  alias Bookshop.Mailer
  @behaviour Mailer

  def start_link(_), do: Agent.start_link(fn -> [] end, name: __MODULE__)

  @impl Mailer
  def deliver(%Mailer.Mail{} = mail), do: Agent.update(__MODULE__, &[mail | &1])

  def sent, do: Agent.get(__MODULE__, &Enum.reverse/1)
  def clear, do: Agent.update(__MODULE__, fn _ -> [] end)
end
