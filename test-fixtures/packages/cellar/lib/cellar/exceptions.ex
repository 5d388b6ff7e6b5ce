defmodule Cellar.QueryError do
  defexception [:message]
end

defmodule Cellar.NoResultsError do
  defexception [:message, :query]

  @impl Exception
  def exception(opts) do
    query = opts |> Keyword.fetch!(:queryable) |> Cellar.Queryable.to_query()
    %__MODULE__{query: query, message: "expected at least one result but got none in query:\n\n#{inspect(query)}"}
  end
end

defmodule Cellar.MultipleResultsError do
  defexception [:message]

  def exception(opts) do
    count = Keyword.fetch!(opts, :count)
    %__MODULE__{message: "expected at most one result but got #{count} in query: #{inspect(opts[:queryable])}"}
  end
end

defmodule Cellar.InvalidChangesetError do
  defexception [:action, :changeset]

  def message(%{action: action, changeset: changeset}) do
    """
    could not #{action}: the changeset is invalid.

    Errors:  #{inspect(changeset.errors)}
    Changes: #{inspect(changeset.changes)}
    """
  end
end

defmodule Cellar.NoPrimaryKeyError do
  defexception [:schema]

  def message(%{schema: schema}), do: "schema #{inspect(schema)} has no primary key"
end

defmodule Cellar.CastError do
  defexception [:message, :type, :value]

  def exception(opts) do
    [type: type, value: value] = Keyword.take(opts, [:type, :value])
    %__MODULE__{type: type, value: value, message: "cannot cast #{inspect(value)} to #{inspect(type)}"}
  end
end
