defmodule Cellar.Multi do
  @moduledoc """
  Several operations under names, in one transaction.
  """

  alias Cellar.Changeset

  defstruct operations: [], names: MapSet.new()

  @type name :: atom()
  @type changes :: %{optional(name()) => term()}
  @type operation :: (module(), changes() -> {:ok, term()} | {:error, term()})
  @opaque t :: %__MODULE__{operations: [{name(), operation()}], names: MapSet.t(name())}

  @spec new() :: t()
  def new, do: %__MODULE__{}

  for action <- [:insert, :update, :delete] do
    @doc "Adds an #{action} of a changeset or a struct, or of what the function makes of the changes so far."
    @spec unquote(action)(t(), name(), Changeset.t() | struct() | (changes() -> Changeset.t() | struct())) :: t()
    def unquote(action)(multi, name, fun) when is_function(fun, 1) do
      run(multi, name, fn repo, changes -> repo.unquote(action)(fun.(changes)) end)
    end

    def unquote(action)(multi, name, struct_or_changeset) do
      run(multi, name, fn repo, _changes -> repo.unquote(action)(struct_or_changeset) end)
    end
  end

  @spec run(t(), name(), operation()) :: t()
  def run(%__MODULE__{operations: operations, names: names} = multi, name, fun) when is_function(fun, 2) do
    if MapSet.member?(names, name), do: raise(ArgumentError, "#{inspect(name)} is already in the multi")
    %{multi | operations: [{name, fun} | operations], names: MapSet.put(names, name)}
  end

  @spec put(t(), name(), term()) :: t()
  def put(multi, name, value), do: run(multi, name, fn _, _ -> {:ok, value} end)

  @spec append(t(), t()) :: t()
  def append(%__MODULE__{} = left, %__MODULE__{operations: operations}) do
    operations |> Enum.reverse() |> Enum.reduce(left, fn {name, fun}, multi -> run(multi, name, fun) end)
  end

  @doc false
  def run_all(%__MODULE__{operations: operations}, repo) do
    repo.transaction(fn ->
      operations
      |> Enum.reverse()
      |> Enum.reduce(%{}, fn {name, fun}, changes ->
        case fun.(repo, changes) do
          {:ok, value} -> Map.put(changes, name, value)
          {:error, reason} -> repo.rollback({name, reason, changes})
        end
      end)
    end)
    |> case do
      {:ok, changes} -> {:ok, changes}
      {:error, {name, reason, changes}} -> {:error, name, reason, changes}
    end
  end
end
