defmodule Cellar.Adapters.Memory do
  @moduledoc """
  Keeps rows in a process: for tests and for small things.

  Options of the repository's configuration: `:unique`, a list of `{source, field}`.
  """

  use GenServer

  alias Cellar.Query

  @behaviour Cellar.Adapter

  defmodule State do
    @moduledoc false
    defstruct tables: %{}, sequences: %{}, unique: []
  end

  def start_link(opts) do
    GenServer.start_link(__MODULE__, opts, name: Keyword.fetch!(opts, :repo))
  end

  @impl Cellar.Adapter
  def child_spec(opts) do
    %{id: {__MODULE__, opts[:repo]}, start: {__MODULE__, :start_link, [opts]}}
  end

  ## Adapter

  @impl Cellar.Adapter
  def all(repo, %Query{from: {source, _}} = query) do
    tables = GenServer.call(repo, :tables)

    query.joins
    |> Enum.reduce(for(row <- rows(tables, source), do: [row]), fn {{joined, _}, on}, bindings ->
      for binding <- bindings, row <- rows(tables, joined), candidate = binding ++ [row], eval(on, candidate), do: candidate
    end)
    |> Enum.filter(&matches?(query.wheres, &1))
    |> sort(query.order_bys)
    |> Enum.drop(number(query.offset, 0))
    |> take(query.limit)
    |> Enum.map(fn [row | _] = binding ->
      if query.select, do: eval(query.select, binding), else: row
    end)
  end

  @impl Cellar.Adapter
  def insert(repo, source, fields, key), do: GenServer.call(repo, {:insert, source, fields, key})

  @impl Cellar.Adapter
  def update(repo, source, filters, fields), do: GenServer.call(repo, {:update, source, filters, fields})

  @impl Cellar.Adapter
  def delete(repo, source, filters), do: GenServer.call(repo, {:delete, source, filters})

  @impl Cellar.Adapter
  def transaction(repo, fun) do
    before = GenServer.call(repo, :snapshot)

    try do
      {:ok, fun.()}
    catch
      :throw, {:rollback, ^repo, reason} ->
        :ok = GenServer.call(repo, {:restore, before})
        {:error, reason}

      kind, reason ->
        GenServer.call(repo, {:restore, before})
        :erlang.raise(kind, reason, __STACKTRACE__)
    end
  end

  ## Server

  @impl GenServer
  def init(opts), do: {:ok, %State{unique: Keyword.get(opts, :unique, [])}}

  @impl GenServer
  def handle_call(:tables, _from, %State{tables: tables} = state), do: {:reply, tables, state}
  def handle_call(:snapshot, _from, state), do: {:reply, state, state}
  def handle_call({:restore, snapshot}, _from, _state), do: {:reply, :ok, snapshot}

  def handle_call({:insert, source, fields, key}, _from, state) do
    case violated(state, source, fields) do
      nil ->
        {fields, state} = generate(state, source, fields, key)
        tables = Map.update(state.tables, source, [fields], &(&1 ++ [fields]))
        {:reply, {:ok, fields}, %{state | tables: tables}}

      field ->
        {:reply, {:constraint, field}, state}
    end
  end

  def handle_call({:update, source, filters, fields}, _from, state) do
    {hit, miss} = state.tables |> rows(source) |> Enum.split_with(&selected?(&1, filters))

    case hit do
      [] ->
        {:reply, {:error, :stale}, state}

      [row] ->
        row = Map.merge(row, fields)
        {:reply, {:ok, row}, put_in(state.tables[source], [row | miss])}
    end
  end

  def handle_call({:delete, source, filters}, _from, state) do
    {hit, miss} = state.tables |> rows(source) |> Enum.split_with(&selected?(&1, filters))
    {:reply, {length(hit), nil}, put_in(state.tables[source], miss)}
  end

  defp violated(%State{unique: unique, tables: tables}, source, fields) do
    Enum.find_value(unique, fn
      {^source, field} ->
        value = fields[field]
        if value != nil and Enum.any?(rows(tables, source), &(&1[field] == value)), do: field

      {_other, _field} ->
        nil
    end)
  end

  defp generate(state, _source, fields, nil), do: {fields, state}

  defp generate(state, source, %{} = fields, key) do
    case fields do
      %{^key => value} when not is_nil(value) ->
        {fields, state}

      _ ->
        next = Map.get(state.sequences, source, 0) + 1
        {Map.put(fields, key, next), put_in(state.sequences[source], next)}
    end
  end

  defp rows(tables, source), do: Map.get(tables, source, [])
  defp selected?(row, filters), do: Enum.all?(filters, fn {key, value} -> Map.get(row, key) == value end)

  ## Expressions

  defp matches?(wheres, binding) do
    Enum.reduce(wheres, true, fn
      {:and, expr}, acc -> acc && truthy(eval(expr, binding))
      {:or, expr}, acc -> acc || truthy(eval(expr, binding))
    end)
  end

  defp truthy(value), do: !!value

  defp sort(bindings, []), do: bindings

  defp sort(bindings, order_bys) do
    Enum.sort(bindings, fn left, right ->
      Enum.reduce_while(order_bys, true, fn {direction, expr}, _ ->
        case {eval(expr, left), eval(expr, right)} do
          {same, same} -> {:cont, true}
          {l, r} when direction == :asc -> {:halt, compare(l, r) == :lt}
          {l, r} -> {:halt, compare(l, r) == :gt}
        end
      end)
    end)
  end

  defp compare(%module{} = left, %module{} = right), do: module.compare(left, right)
  defp compare(left, right) when left < right, do: :lt
  defp compare(left, right) when left > right, do: :gt
  defp compare(_, _), do: :eq

  defp take(list, nil), do: list
  defp take(list, limit), do: Enum.take(list, number(limit, 0))

  defp number(nil, default), do: default
  defp number({:value, number}, _default), do: number
  defp number(number, _default) when is_integer(number), do: number

  defp eval({:value, value}, _), do: value
  defp eval({:field, position, field}, binding), do: binding |> Enum.at(position) |> Map.get(field)
  defp eval({:binding, position}, binding), do: Enum.at(binding, position)
  defp eval({:tuple, exprs}, binding), do: exprs |> Enum.map(&eval(&1, binding)) |> List.to_tuple()
  defp eval({:list, exprs}, binding), do: Enum.map(exprs, &eval(&1, binding))
  defp eval({:map, pairs}, binding), do: Map.new(pairs, fn {key, expr} -> {key, eval(expr, binding)} end)
  defp eval({:op, :and, [l, r]}, binding), do: eval(l, binding) && eval(r, binding)
  defp eval({:op, :or, [l, r]}, binding), do: eval(l, binding) || eval(r, binding)
  defp eval({:op, :not, [expr]}, binding), do: !eval(expr, binding)
  defp eval({:op, :is_nil, [expr]}, binding), do: is_nil(eval(expr, binding))
  defp eval({:op, :lower, [expr]}, binding), do: expr |> eval(binding) |> String.downcase()

  defp eval({:op, like, [text, pattern]}, binding) when like in [:like, :ilike] do
    [text, pattern] = for expr <- [text, pattern], do: eval(expr, binding)
    source = pattern |> Regex.escape() |> String.replace("%", ".*") |> String.replace("_", ".")
    flags = if like == :ilike, do: "si", else: "s"
    is_binary(text) and text =~ Regex.compile!("\\A" <> source <> "\\z", flags)
  end

  defp eval({:op, comparison, [l, r]}, binding) when comparison in [:<, :>, :<=, :>=] do
    case compare(eval(l, binding), eval(r, binding)) do
      :lt -> comparison in [:<, :<=]
      :gt -> comparison in [:>, :>=]
      :eq -> comparison in [:<=, :>=]
    end
  end

  defp eval({:op, :in, [l, r]}, binding), do: eval(l, binding) in eval(r, binding)
  defp eval({:op, op, [_, _] = args}, binding), do: apply(Kernel, op, Enum.map(args, &eval(&1, binding)))

  defp eval({:fragment, text, _args}, _binding) do
    raise Cellar.QueryError, message: "the memory adapter knows no fragments: #{text}"
  end
end
