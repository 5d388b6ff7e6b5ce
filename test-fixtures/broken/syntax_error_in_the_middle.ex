defmodule Broken.Middle do
  @moduledoc "Good before and behind one bad function."

  alias Broken.Repo

  def before(id) do
    Repo.get!(User, id)
  end

  def bad(x) do
    case x do
      {:ok, value} -> value
      {:error, ] -> Repo.rollback(x)
    end
  end

  def behind(id), do: Repo.get!(Post, id)

  defp last(x) when is_list(x), do: Enum.map(x, &behind/1)
end
