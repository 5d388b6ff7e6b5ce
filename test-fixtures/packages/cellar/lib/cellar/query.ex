defmodule Cellar.Query do
  @moduledoc """
  Queries in Elixir's syntax.

      from u in User,
        join: o in Order, on: o.user_id == u.id,
        where: o.total > ^minimum and u.active,
        order_by: [desc: o.total],
        select: {u.name, o.total}

  or step by step:

      User |> where([u], u.age > 18) |> order_by([u], asc: u.name) |> limit(10)

  Values come in by `^`.
  """

  alias Cellar.Query.Builder
  alias Cellar.Queryable

  defstruct from: nil, joins: [], wheres: [], order_bys: [], select: nil, limit: nil, offset: nil, preloads: []

  @type expr :: term()
  @type t :: %__MODULE__{
          from: {String.t(), module() | nil} | nil,
          joins: [{{String.t(), module()}, expr()}],
          wheres: [{:and | :or, expr()}],
          order_bys: [{:asc | :desc, expr()}],
          select: expr(),
          limit: non_neg_integer() | nil,
          offset: non_neg_integer() | nil,
          preloads: [term()]
        }

  @clauses [:where, :or_where, :order_by, :select, :limit, :offset, :preload]

  @doc """
  Begins a query, with clauses as keywords.
  """
  defmacro from(expr, clauses \\ []) do
    unless Keyword.keyword?(clauses) do
      raise ArgumentError, "clauses of from must be a keyword list, got: #{Macro.to_string(clauses)}"
    end

    {bindings, source} =
      case expr do
        {:in, _, [binding, source]} -> {[Builder.name(binding)], source}
        source -> {[], source}
      end

    start = quote(do: Queryable.to_query(unquote(source)))
    build(clauses, start, bindings)
  end

  defp build([], query, _bindings), do: query

  defp build([{join, {:in, _, [binding, source]}}, {:on, condition} | rest], query, bindings)
       when join in [:join, :inner_join] do
    bindings = bindings ++ [Builder.name(binding)]
    condition = Builder.escape(condition, bindings)
    query = quote(do: Builder.join(unquote(query), unquote(source), unquote(condition)))
    build(rest, query, bindings)
  end

  defp build([{clause, expr} | rest], query, bindings) when clause in @clauses do
    build(rest, Builder.clause(clause, query, bindings, expr), bindings)
  end

  defp build([{unknown, _} | _], _query, _bindings) do
    raise Cellar.QueryError, message: "unknown clause #{inspect(unknown)} in from"
  end

  for name <- [:where, :or_where, :order_by, :select] do
    @doc "Adds `#{name}` to a query, with the names of its bindings."
    defmacro unquote(name)(query, binding \\ [], expr) do
      Builder.clause(unquote(name), query, Enum.map(binding, &Builder.name/1), expr)
    end
  end

  for name <- ~w(limit offset)a do
    @doc "Sets the query's #{name}."
    defmacro unquote(name)(query, expr), do: Builder.clause(unquote(name), query, [], expr)
  end

  defmacro preload(query, preloads), do: Builder.clause(:preload, query, [], preloads)

  @doc "Takes a part out of a query."
  @spec exclude(Queryable.t(), atom()) :: t()
  def exclude(queryable, part) do
    query = Queryable.to_query(queryable)
    Map.replace!(query, part, Map.fetch!(%__MODULE__{}, part))
  end

  @doc "The first entries, by primary key or by the order that the query has."
  def first(queryable, count \\ 1) do
    case Queryable.to_query(queryable) do
      %{order_bys: [], from: {_, schema}} = query when not is_nil(schema) ->
        [key | _] = schema.__schema__(:primary_key)
        %{query | order_bys: [asc: {:field, 0, key}], limit: count}

      query ->
        %{query | limit: count}
    end
  end

  def subset(%__MODULE__{} = query, ids) when is_list(ids) do
    where(query, [q], q.id in ^ids)
  end
end

defprotocol Cellar.Queryable do
  @moduledoc "What can be queried: queries, schemas, names of sources."

  @spec to_query(t()) :: Cellar.Query.t()
  def to_query(data)
end

defimpl Cellar.Queryable, for: Cellar.Query do
  def to_query(query), do: query
end

defimpl Cellar.Queryable, for: BitString do
  def to_query(source) when is_binary(source), do: %Cellar.Query{from: {source, nil}}
end

defimpl Cellar.Queryable, for: Atom do
  def to_query(module) do
    %Cellar.Query{from: {module.__schema__(:source), module}}
  rescue
    UndefinedFunctionError ->
      reraise %Protocol.UndefinedError{protocol: @protocol, value: module, description: "not a schema"}, __STACKTRACE__
  end
end
