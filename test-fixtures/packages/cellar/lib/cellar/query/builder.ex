defmodule Cellar.Query.Builder do
  @moduledoc false

  # Runs while queries are compiled: turns Elixir's syntax into data that an
  # adapter can read. Nothing of the expression is evaluated but what is pinned.

  alias Cellar.{Query, Queryable, QueryError}

  @comparisons [:==, :!=, :<, :>, :<=, :>=]
  @operators @comparisons ++ [:and, :or, :+, :-, :*, :in]
  @functions [like: 2, ilike: 2, is_nil: 1, lower: 1, count: 1, sum: 1, max: 1, min: 1]

  def name({name, _, context}) when is_atom(name) and is_atom(context), do: name
  def name(other), do: error!("a binding must be a variable, got: #{Macro.to_string(other)}")

  def clause(:where, query, bindings, expr), do: put(query, :wheres, quote(do: {:and, unquote(escape_where(expr, bindings))}))
  def clause(:or_where, query, bindings, expr), do: put(query, :wheres, quote(do: {:or, unquote(escape_where(expr, bindings))}))

  def clause(:order_by, query, bindings, exprs) do
    exprs
    |> List.wrap()
    |> Enum.reduce(query, fn
      {direction, expr}, acc when direction in [:asc, :desc] -> put(acc, :order_bys, {direction, escape(expr, bindings)})
      field, acc when is_atom(field) -> put(acc, :order_bys, {:asc, escape_field(0, field)})
      expr, acc -> put(acc, :order_bys, {:asc, escape(expr, bindings)})
    end)
  end

  def clause(:select, query, bindings, expr), do: set(query, :select, escape(expr, bindings))
  def clause(:preload, query, _bindings, {:^, _, [expr]}), do: set(query, :preloads, quote(do: List.wrap(unquote(expr))))
  def clause(:preload, query, _bindings, preloads), do: set(query, :preloads, List.wrap(preloads))
  def clause(name, query, bindings, expr) when name in [:limit, :offset], do: set(query, name, escape(expr, bindings))

  defp put(query, key, value) do
    quote(do: unquote(__MODULE__).append(unquote(query), unquote(key), unquote(value)))
  end

  defp set(query, key, value) do
    quote(do: Map.replace!(Queryable.to_query(unquote(query)), unquote(key), unquote(value)))
  end

  # where: [name: "x", age: ^age]
  defp escape_where(pairs, _bindings) when is_list(pairs) do
    pairs
    |> Enum.map(fn {field, value} -> {:{}, [], [:op, :==, [escape_field(0, field), escape(value, [])]]} end)
    |> Enum.reduce(fn right, left -> {:{}, [], [:op, :and, [left, right]]} end)
  end

  defp escape_where(expr, bindings), do: escape(expr, bindings)

  @doc """
  Quoted code that builds the expression's data.
  """
  @spec escape(Macro.t(), [atom()]) :: Macro.t()
  def escape({:^, _, [expr]}, _bindings), do: quote(do: {:value, unquote(expr)})

  def escape({{:., _, [{name, _, context}, field]}, _, []}, bindings)
      when is_atom(name) and is_atom(context) and is_atom(field) do
    name |> position!(bindings) |> escape_field(field)
  end

  def escape({:field, _, [{name, _, _}, field]}, bindings) do
    position = position!(name, bindings)
    quote(do: {:field, unquote(position), unquote(unpin(field))})
  end

  def escape({:not, _, [{:in, meta, args}]}, bindings), do: op(:not, [{:in, meta, args}], bindings)
  def escape({:not, _, [expr]}, bindings), do: op(:not, [expr], bindings)
  def escape({op, _, [_, _] = args}, bindings) when op in @operators, do: op(op, args, bindings)

  def escape({:fragment, _, [text | args]}, bindings) when is_binary(text) do
    args = Enum.map(args, &escape(&1, bindings))
    quote(do: {:fragment, unquote(text), unquote(args)})
  end

  def escape({:{}, _, elements}, bindings) do
    quote(do: {:tuple, unquote(Enum.map(elements, &escape(&1, bindings)))})
  end

  def escape({:%{}, _, pairs}, bindings) do
    pairs = for {key, value} <- pairs, do: {key, escape(value, bindings)}
    quote(do: {:map, unquote(pairs)})
  end

  def escape({left, right}, bindings) do
    quote(do: {:tuple, [unquote(escape(left, bindings)), unquote(escape(right, bindings))]})
  end

  def escape({function, _, args}, bindings) when is_atom(function) and is_list(args) do
    if {function, length(args)} in @functions do
      op(function, args, bindings)
    else
      error!("#{function}/#{length(args)} is not known in queries")
    end
  end

  def escape({name, _, context}, bindings) when is_atom(name) and is_atom(context) do
    {:binding, position!(name, bindings)}
  end

  def escape(list, bindings) when is_list(list), do: {:list, Enum.map(list, &escape(&1, bindings))}

  def escape(literal, _bindings) when is_number(literal) or is_binary(literal) or is_atom(literal) do
    {:value, literal}
  end

  def escape(other, _bindings), do: error!("#{Macro.to_string(other)} is no expression of queries")

  defp op(name, args, bindings) do
    quote(do: {:op, unquote(name), unquote(Enum.map(args, &escape(&1, bindings)))})
  end

  defp escape_field(position, field), do: quote(do: {:field, unquote(position), unquote(field)})

  defp unpin({:^, _, [expr]}), do: expr
  defp unpin(atom) when is_atom(atom), do: atom

  defp position!(name, bindings) do
    Enum.find_index(bindings, &(&1 == name)) ||
      error!("unbound variable #{name} in query; did you forget to name it in the binding?")
  end

  @spec error!(String.t()) :: no_return()
  defp error!(message), do: raise(QueryError, message: message)

  ## While the program runs

  def append(queryable, key, value) do
    queryable |> Queryable.to_query() |> Map.update!(key, &(&1 ++ [value]))
  end

  def join(queryable, source, condition) do
    %Query{from: from} = Queryable.to_query(source)
    append(queryable, :joins, {from, condition})
  end
end
