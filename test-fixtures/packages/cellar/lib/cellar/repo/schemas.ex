defmodule Cellar.Repo.Schemas do
  @moduledoc false

  alias Cellar.{Changeset, InvalidChangesetError, Type}
  alias Cellar.Repo.Queries, as: Q

  def insert(_repo, %Changeset{valid?: false} = changeset), do: {:error, %{changeset | action: :insert}}

  def insert(repo, %Changeset{} = changeset) do
    %schema{} = struct = changeset |> Changeset.apply_changes() |> autogenerate(:insert)
    source = schema.__schema__(:source)

    case repo.__adapter__().insert(repo, source, dump(schema, struct), generated_key(schema)) do
      {:ok, row} ->
        {:ok, schema |> Q.load_row(row) |> keep_virtual(struct)}

      {:constraint, field} ->
        {:error, violate(changeset, field, :insert)}
    end
  end

  def insert(repo, %_{} = struct), do: insert(repo, Changeset.change(struct))

  def update(_repo, %Changeset{valid?: false} = changeset), do: {:error, %{changeset | action: :update}}
  def update(_repo, %Changeset{changes: changes, data: data}) when changes == %{}, do: {:ok, data}

  def update(repo, %Changeset{data: %schema{} = data} = changeset) do
    struct = changeset |> Changeset.apply_changes() |> autogenerate(:update)
    filters = Cellar.primary_key!(data)

    with {:ok, row} <- repo.__adapter__().update(repo, schema.__schema__(:source), filters, dump(schema, struct)) do
      {:ok, schema |> Q.load_row(row) |> keep_virtual(struct)}
    else
      {:error, :stale} -> {:error, Changeset.add_error(changeset, :id, "is stale", stale: true)}
    end
  end

  def delete(repo, %Changeset{data: data}), do: delete(repo, data)

  def delete(repo, %schema{} = struct) do
    case repo.__adapter__().delete(repo, schema.__schema__(:source), Cellar.primary_key!(struct)) do
      {1, _} -> {:ok, Cellar.put_meta(struct, :deleted)}
      {0, _} -> {:error, struct |> Changeset.change() |> Changeset.add_error(:id, "is stale")}
    end
  end

  def bang!(_action, {:ok, struct}), do: struct
  def bang!(action, {:error, changeset}), do: raise(InvalidChangesetError, action: action, changeset: changeset)

  defp autogenerate(%schema{} = struct, action) do
    schema.__schema__(:autogenerate)
    |> Enum.reject(fn {name, _} -> action == :update and name == :inserted_at end)
    |> Enum.reduce(struct, fn {name, {module, function, args}}, acc ->
      value = Type.cast!(schema.__schema__(:type, name), apply(module, function, args))
      Map.update!(acc, name, fn old -> if action == :insert, do: old || value, else: value end)
    end)
  end

  defp dump(schema, struct) do
    for name <- schema.__schema__(:fields), into: %{} do
      {:ok, value} = Type.dump(schema.__schema__(:type, name), Map.fetch!(struct, name))
      {name, value}
    end
  end

  defp generated_key(schema) do
    case schema.__schema__(:primary_key) do
      [key] -> if schema.__schema__(:type, key) == :id, do: key
      _ -> nil
    end
  end

  defp keep_virtual(%schema{} = loaded, struct) do
    kept = Keyword.keys(schema.__schema__(:virtual_fields)) ++ schema.__schema__(:associations)
    Map.merge(loaded, Map.take(struct, kept))
  end

  defp violate(%Changeset{constraints: constraints} = changeset, field, action) do
    case Enum.find(constraints, &(&1.field == field)) do
      %{message: message} -> %{Changeset.add_error(changeset, field, message, constraint: :unique) | action: action}
      nil -> raise "constraint on #{field} was violated, and the changeset does not say what to do then"
    end
  end
end
