defmodule Cellar do
  @moduledoc """
  Schemas, changesets, queries and repositories.

    * `Cellar.Schema` - maps data of a source to structs
    * `Cellar.Changeset` - what changes, and whether it may
    * `Cellar.Query` - asks, in Elixir's own syntax
    * `Cellar.Repo` - where the data is
  """

  alias Cellar.Association.NotLoaded

  @doc "The primary key's values of a struct, as a keyword list."
  @spec primary_key(struct()) :: keyword()
  def primary_key(%module{} = struct) do
    for name <- module.__schema__(:primary_key), do: {name, Map.fetch!(struct, name)}
  end

  @doc "Like `primary_key/1`, but raises when there is none."
  def primary_key!(%module{} = struct) do
    case primary_key(struct) do
      [] -> raise Cellar.NoPrimaryKeyError, schema: module
      [_ | _] = pk -> pk
    end
  end

  @doc "Whether an association was loaded."
  def assoc_loaded?(%NotLoaded{}), do: false
  def assoc_loaded?(list) when is_list(list), do: true
  def assoc_loaded?(%_{}), do: true
  def assoc_loaded?(nil), do: true

  @doc "Builds a struct that belongs to another through an association."
  @spec build_assoc(struct(), atom(), Enumerable.t()) :: struct()
  def build_assoc(%owner{} = struct, name, attributes \\ %{}) do
    %{related: related, owner_key: owner_key, related_key: related_key} = owner.__schema__(:association, name)

    related
    |> struct(attributes)
    |> Map.replace!(related_key, Map.fetch!(struct, owner_key))
  end

  @doc false
  def put_meta(struct, state), do: put_in(struct.__meta__.state, state)
end
