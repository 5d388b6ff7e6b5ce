defmodule Oddities.Sigils do
  @moduledoc ~S"""
  Raw: #{nothing} \n \"
  """

  @doc ~s(a "doc" with #{1 + 1})
  def delimiters(x) do
    [
      ~s(a #{x} (b\)), ~s[a #{x} [b\]], ~s{a #{x} {b\}}, ~s<a #{x} <b\>>, ~s|a #{x} \||, ~s/a #{x} \//, ~s"a #{x} \"", ~s'a #{x} \'',
      ~S(a #{x} \)), ~S[a \n], ~S{a}, ~S<a>, ~S|a\b|, ~S/a\/b/, ~S"a\"", ~S'a',
      ~c(char #{x}), ~C(char #{x}), ~c"", ~C'',
      ~w(a b #{x} c), ~w[a b]a, ~w{a b}s, ~w<a b>c, ~w|a b|, ~W(a #{x} b), ~W"a b"a, ~w(
        on
        lines
      ), ~w(),
      ~r/a(b)?c/, ~r/\d+\/#{x}/iu, ~r{^/path/[a-z]+$}x, ~r"q"m, ~r'["]'sU, ~r(a(b\)), ~r[[a-z\]], ~r<(?<name\>x)>, ~R/#{raw}\//
    ]
  end

  def dates, do: [~D[2024-02-29], ~T[23:59:59.999], ~N[2024-02-29 12:00:00], ~U[2024-02-29T12:00:00Z], ~D"2024-01-01", ~T|00:00:00|]

  def heredocs(x) do
    [
      ~s"""
      inside #{x}
        \t""
      """,
      ~S'''
      inside #{x} \t
      ''',
      ~w"""
      several
      words
      """a,
      ~r"""
      ^ \s*   # a comment in a regex
      #{x}
      """x,
      ~S"""
      """
    ]
  end

  @doc "Own ones."
  def sigil_x(term, modifiers), do: {term, modifiers}
  def sigil_Y(term, modifiers), do: {term, modifiers}
  defmacro sigil_m({:<<>>, _, pieces}, modifiers), do: Macro.escape({length(pieces), modifiers})

  def own, do: [~x(a #{1}), ~x"a"bc, ~Y[a #{b}]z, ~x<>XYZ, ~Y||0]
  def in_guard(x) when x in ~w(a b)a, do: x
  def in_guard(x) when x in ~w(a b), do: x
  def in_match(~s(abc)), do: true
  def in_match('abc'), do: false
  def piped, do: ~w(a b) |> Enum.map(&~s(#{&1}!))
  def call_on, do: ~r/a/.source
  def access, do: ~w(a b)a[:c] || nil
end

defmodule Oddities.Sigils.User do
  require Oddities.Sigils
  import Oddities.Sigils, only: [sigil_m: 2, sigil_x: 2]
  def use_them, do: {~m(a#{1}b)z, ~x/y/}
end
