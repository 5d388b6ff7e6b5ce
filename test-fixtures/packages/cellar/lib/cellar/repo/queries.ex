defmodule Cellar.Repo.Queries do
  @moduledoc false

  import Cellar.Query, only: [where: 3, limit: 2]
  require Logger

  alias Cellar.{MultipleResultsError, NoResultsError, Query, Queryable, Type}
  alias Cellar.Repo.Preloader

  def all(repo, queryable, opts) do
    {query, opts} = repo.prepare_query(:all, Queryable.to_query(queryable), opts)
    started = System.monotonic_time()

    rows = repo.__adapter__().all(repo, query)
    measure(repo, query, started, length(rows), opts)

    rows
    |> load(query)
    |> then(fn structs ->
      case query.preloads do
        [] -> structs
        preloads -> Preloader.preload(repo, structs, preloads)
      end
    end)
  end

  def one(repo, queryable, opts) do
    case all(repo, queryable, opts) do
      [] -> nil
      [one] -> one
      many -> raise MultipleResultsError, queryable: queryable, count: length(many)
    end
  end

  def one!(repo, queryable, opts), do: one(repo, queryable, opts) || raise(NoResultsError, queryable: queryable)

  def get(_repo, _queryable, nil), do: raise(ArgumentError, "cannot get by nil")
  def get(repo, queryable, id), do: one(repo, by_id(queryable, id), [])

  def get!(repo, queryable, id) do
    repo
    |> get(queryable, id)
    |> case do
      nil -> raise NoResultsError, queryable: queryable
      struct -> struct
    end
  end

  def get_by(repo, queryable, clauses) do
    query =
      Enum.reduce(clauses, Queryable.to_query(queryable), fn {name, value}, query ->
        where(query, [q], field(q, ^name) == ^value)
      end)

    one(repo, query, [])
  end

  def exists?(repo, queryable) do
    queryable |> limit(1) |> then(&all(repo, &1, [])) |> Enum.any?()
  end

  def aggregate(repo, queryable, :count, _field), do: length(all(repo, Query.exclude(queryable, :preloads), []))

  def aggregate(repo, queryable, kind, field) when kind in [:sum, :max, :min] do
    values = for struct <- all(repo, queryable, []), value = Map.get(struct, field), do: value
    if values == [], do: nil, else: apply(Enum, kind, [values])
  end

  defp by_id(queryable, id) do
    %Query{from: {_, schema}} = query = Queryable.to_query(queryable)

    case schema.__schema__(:primary_key) do
      [key] ->
        id = schema.__schema__(:type, key) |> Type.cast!(id)
        where(query, [q], field(q, ^key) == ^id)

      other ->
        raise ArgumentError, "get needs one primary key, #{inspect(schema)} has #{inspect(other)}"
    end
  end

  defp load(rows, %Query{select: nil, from: {_, schema}}) when not is_nil(schema) do
    Enum.map(rows, &load_row(schema, &1))
  end

  defp load(rows, _query), do: rows

  def load_row(schema, row) do
    loaded =
      for name <- schema.__schema__(:fields), {:ok, value} = Type.load(schema.__schema__(:type, name), row[name]) do
        {name, value}
      end

    schema |> struct(loaded) |> Cellar.put_meta(:loaded)
  end

  defp measure(repo, %Query{from: {source, _}} = query, started, rows, opts) do
    duration = System.monotonic_time() - started
    :pulse.execute([:cellar, :query], %{duration: duration, rows: rows}, %{repo: repo, source: source, query: query})

    if Keyword.get(opts, :log, true) do
      Logger.debug(fn -> ["QUERY ", source, " rows=", Integer.to_string(rows)] end)
    end
  end
end
