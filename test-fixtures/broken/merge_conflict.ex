defmodule Broken.MergeConflict do
  alias Broken.Repo

  def before(id), do: Repo.get(User, id)

<<<<<<< HEAD
  def both(id) do
    Repo.get!(User, id)
  end
=======
  def both(id, opts \\ []) do
    Repo.get!(User, id, opts)
  end
>>>>>>> feature/options

  def behind(id), do: Repo.delete(id)
end
