defmodule Cellar.Repo.Preloader do
  @moduledoc false

  require Cellar.Query, as: Query
  alias Cellar.Association

  def preload(_repo, nil, _preloads), do: nil
  def preload(_repo, [], _preloads), do: []
  def preload(repo, %_{} = struct, preloads), do: repo |> preload([struct], preloads) |> hd()

  def preload(repo, structs, preloads) when is_list(structs) do
    preloads
    |> List.wrap()
    |> Enum.reduce(structs, fn
      {name, nested}, acc -> load(repo, acc, name, List.wrap(nested))
      name, acc when is_atom(name) -> load(repo, acc, name, [])
    end)
  end

  defp load(repo, [%schema{} | _] = structs, name, nested) do
    %Association{} =
      association =
      schema.__schema__(:association, name) || raise ArgumentError, "#{inspect(schema)} has no association #{inspect(name)}"

    %{owner_key: owner_key, related_key: related_key, related: related} = association
    keys = structs |> Enum.map(&Map.fetch!(&1, owner_key)) |> Enum.reject(&is_nil/1) |> Enum.uniq()

    found =
      related
      |> Query.where([r], field(r, ^related_key) in ^keys)
      |> repo.all()
      |> then(&preload(repo, &1, nested))
      |> Enum.group_by(&Map.fetch!(&1, related_key))

    for struct <- structs do
      Map.replace!(struct, name, pick(association, Map.get(found, Map.fetch!(struct, owner_key), [])))
    end
  end

  defp pick(%Association{cardinality: :many}, list), do: list
  defp pick(%Association{cardinality: :one}, []), do: nil
  defp pick(%Association{cardinality: :one}, [first | _]), do: first
end
