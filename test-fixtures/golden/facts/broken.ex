defmodule Shop.Broken do
  alias Shop.Repo

  def fine(id), do: Repo.get!(__MODULE__, id)

  def broken(id) do
    x = (1 +
    Repo.get!(id)
  end

  def after_it(id), do: fine(id)
end
