# How often code of a shape stands in folders of Elixir, counted with Elixir's own parser and a plain walk of its trees:
#
#     elixir stdlib_counts.exs DIR… >stdlib_counts.tsv
#
# Prints COUNT, tab, PATTERN. Shares nothing with HexLens but the patterns' text, which is the question; the function beside it
# says what is meant. Calls are counted with the pipes undone, the way the compiler undoes them.

defmodule Counts do
  def files(folders) do
    folders |> Enum.flat_map(&Path.wildcard(Path.join(&1, "**/*.{ex,exs}"))) |> Enum.sort()
  end

  def unpiped(tree) do
    Macro.prewalk(tree, fn
      {:|>, _, [left, {name, meta, args}]} when is_list(args) -> {name, meta, [left | args]}
      node -> node
    end)
  end

  def count(trees, wanted?) do
    for tree <- trees, reduce: 0 do
      sum ->
        {_, sum} =
          Macro.prewalk(tree, sum, fn node, n -> {node, if(wanted?.(node), do: n + 1, else: n)} end)

        sum
    end
  end

  def call(module, function, arity) do
    fn
      {{:., _, [{:__aliases__, _, ^module}, ^function]}, _, args} -> length(args) == arity
      {{:., _, [^module, ^function]}, _, args} -> length(args) == arity
      _ -> false
    end
  end

  def definition(name, arity) do
    fn
      {:def, _, [{:when, _, [{^name, _, args}, _]}, [do: _]]} -> length(args) == arity
      {:def, _, [{^name, _, args}, [do: _]]} when is_list(args) -> length(args) == arity
      _ -> false
    end
  end
end

trees = for file <- Counts.files(System.argv()), do: Code.string_to_quoted!(File.read!(file))
unpiped = Enum.map(trees, &Counts.unpiped/1)

questions = [
  {"defprotocol _ do ... end", trees, &match?({:defprotocol, _, [_, [do: _]]}, &1)},
  {"defimpl _, for: _ do ... end", trees, &match?({:defimpl, _, [_, [for: _], [do: _]]}, &1)},
  {"defexception _", trees, &match?({:defexception, _, [_]}, &1)},
  {"def handle_call/3 do ... end", trees, Counts.definition(:handle_call, 3)},
  {"use GenServer", trees, &match?({:use, _, [{:__aliases__, _, [:GenServer]}]}, &1)},
  {"raise ArgumentError, _", trees, &match?({:raise, _, [{:__aliases__, _, [:ArgumentError]}, _]}, &1)},
  {"@moduledoc false", trees, &match?({:@, _, [{:moduledoc, _, [false]}]}, &1)},
  {"@impl true", trees, &match?({:@, _, [{:impl, _, [true]}]}, &1)},
  {"{:reply, _, _}", trees, &match?({:{}, _, [:reply, _, _]}, &1)},
  {"try do ... rescue ... end", trees, &match?({:try, _, [[do: _, rescue: _]]}, &1)},
  {"with(...)", trees, &match?({:with, _, [_ | _]}, &1)},
  {"Enum.map(_, _)", unpiped, Counts.call([:Enum], :map, 2)},
  {"Enum.reduce(_, _, _)", unpiped, Counts.call([:Enum], :reduce, 3)},
  {"GenServer.call(_, _, _)", unpiped, Counts.call([:GenServer], :call, 3)},
  {"Mix.raise(_)", unpiped, Counts.call([:Mix], :raise, 1)},
  {":lists.reverse(_)", unpiped, Counts.call(:lists, :reverse, 1)}
]

for {pattern, trees, wanted?} <- questions do
  IO.puts("#{Counts.count(trees, wanted?)}\t#{pattern}")
end
