defmodule Cellar.Association do
  @moduledoc false

  defstruct [:cardinality, :field, :owner, :related, :owner_key, :related_key, kind: :has]

  @type t :: %__MODULE__{
          cardinality: :one | :many,
          field: atom(),
          kind: :has | :belongs_to,
          owner: module(),
          related: module(),
          owner_key: atom(),
          related_key: atom()
        }

  defmodule NotLoaded do
    @moduledoc "Stands in a field until the association is preloaded."

    defstruct [:__field__, :__owner__]

    @type t :: %NotLoaded{__field__: atom(), __owner__: module()}

    defimpl Inspect do
      def inspect(%{__field__: field}, _opts), do: "#Cellar.Association.NotLoaded<#{field}>"
    end
  end

  def has(owner, cardinality, field, related, opts) do
    default_key = :"#{owner |> Module.split() |> List.last() |> Macro.underscore()}_id"

    %__MODULE__{
      cardinality: cardinality,
      field: field,
      owner: owner,
      related: related,
      owner_key: Keyword.get(opts, :references, :id),
      related_key: Keyword.get(opts, :foreign_key, default_key)
    }
  end

  def belongs_to(owner, field, related, opts) do
    %__MODULE__{
      kind: :belongs_to,
      cardinality: :one,
      field: field,
      owner: owner,
      related: related,
      owner_key: opts[:foreign_key] || :"#{field}_id",
      related_key: opts[:references] || :id
    }
  end

  def not_loaded(owner, field), do: %NotLoaded{__field__: field, __owner__: owner}
end

if Code.ensure_loaded?(Jot.Encoder) do
  defimpl Jot.Encoder, for: Cellar.Association.NotLoaded do
    def encode(%{__owner__: owner, __field__: field}, _opts) do
      raise "cannot encode association #{inspect(field)} of #{inspect(owner)}: it was not loaded"
    end
  end
end
