defmodule Oddities.Atoms do
  @moduledoc false

  def plain, do: [:a, :a1, :_a, :_, :a_b, :a?, :a!, :A, :Abc, :a@b, nil, true, false, :nil, :true, Elixir, Elixir.String, :"Elixir.String", String, Oddities.Atoms, __MODULE__]
  def quoted, do: [:"", :"a b", :"a", :'single', :"with #{1 + 1}", :"é\n", :"a\"b", :"foo-bar", :"1"]
  def operators, do: [:+, :-, :*, :/, :++, :--, :+++, :---, :**, :==, :!=, :===, :!==, :=~, :<, :>, :<=, :>=, :&&, :||, :!, :and, :or, :not, :in, :when, :|>, :<~, :~>, :<<~, :~>>, :<~>, :<|>, :|||, :&&&, :^^^, :~~~, :<<<, :>>>, :<>, :.., :..//, :"//", :|, :=, :<-, :"->", :"::", :"\\\\", :&, :^, :@, :., :..., :{}, :%{}, :%, :<<>>, :do, :end, :fn]

  def keywords do
    [a: 1, A: 2, "b": 3, 'c': 4, "d e": 5, "f#{1}g": 6, nil: 7, true: 8, do: 9, end: 10, fn: 11, when: 12, in: 13, and: 14, or: 15, not: 16, a?: 17, b!: 18, +: 19, ==: 20, <>: 21, |>: 22, &: 23, .: 24, ..: 25, {}: 26, %{}: 27, <<>>: 28, %: 29, _: 30, é: 31, "": 32, @: 33, ^: 34, !: 35, after: 36, else: 37, rescue: 38, catch: 39]
  end

  def spaced, do: [a:
    1, b:  2,
    c: # comment
      3]

  def tuples, do: [{}, {1}, {1, 2}, {1, 2, 3}, {1, a: 2}, {{1, 2}, {}}, { 1 , 2 }, {1, 2,}]
  def lists, do: [[], [1], [1, 2], [1 | 2], [1, 2 | [3]], [a: 1], [1, a: 2], [{:a, 1}], [{:a, 1}, 2], [[]], [1,], [a: 1,], [
    1,
    2
    | []
  ]]
  def improper([a, b | c] = [_ | _]), do: [a | [b | c]]
end
