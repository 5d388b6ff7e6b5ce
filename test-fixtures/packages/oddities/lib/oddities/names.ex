defmodule Oddities.Names.Macros do
  defmacro __using__(opts) do
    imported = if opts[:import], do: quote(do: import(unquote(__MODULE__)))

    quote do
      unquote(imported)
      alias Oddities.Names.A
      alias unquote(__MODULE__), as: M
      def injected, do: unquote(__MODULE__).f(A)
      _ = M
    end
  end

  defmacro twice(x) do
    quote do
      value = unquote(x)
      value + value
    end
  end

  def f(x), do: x
end

defmodule Oddities.Names do
  @moduledoc "What a name means, where it stands."

  # Each function's comment says what the name in it is.

  alias Oddities.Names.{A, B, Deep.C}
  alias Oddities.Names.{
    D,
    # a comment between
    Deep.C.E,
  }
  alias Oddities.Names.A, as: OtherA
  alias(Oddities.Names.B, as: OtherB)
  alias A.Sub, warn: false
  alias Oddities.Names, as: N
  alias String, as: Text
  alias :lists, as: L
  require Integer
  require Logger, as: Log
  require(N.Macros)
  import N.Macros, only: [twice: 1]
  import List, only: [first: 1, last: 1]
  import Enum, except: [map: 2, count: 1, count: 2, max: 1, max: 2, reverse: 1, to_list: 1]
  import Kernel, except: [length: 1, to_string: 1]

  defmodule A do
    def f, do: :a
    def __info(x), do: x
    defmodule Sub, do: (def f, do: :a_sub)
  end

  defmodule B do
    # here `A` is Oddities.Names.A still, by the alias of the module around
    def f, do: A.f()
    defmodule A do
      def f, do: :b_a
    end
    # and now Oddities.Names.B.A
    def g, do: A.f()
  end

  defmodule Deep.C do
    def f, do: :c
    defmodule E, do: (def f, do: __MODULE__)
  end

  defmodule D do
    def f, do: Oddities.Names.Deep.C.f()
  end

  # the function of this module, as Kernel's was excluded
  def length(x), do: {:length, Kernel.length(x)}
  def own_length(x), do: length(x)
  def captured, do: [&length/1, &Kernel.length/1, &first/1, &twice_f/1, &A.f/0, &__MODULE__.length/1, &N.length/1]
  def twice_f(x), do: twice(x)

  # List.first/1 imported, then a variable, then the import again
  def variable(list) do
    a = first(list)
    first = a
    _ = first
    first(list) + first
  end

  # the parameter hides zero/0; with parentheses it is the function
  def zero, do: 0
  def hidden(zero), do: zero
  def not_hidden(zero), do: zero + zero()
  def bound_later do
    x = zero()
    zero = 5
    {x, zero, zero()}
  end
  def in_clause(x) do
    case x do
      zero -> zero
    end
    fn zero -> zero end.(1)
    for zero <- [1], do: zero
    with {:ok, zero} <- x, do: zero
    zero()
  end

  # an alias lives to the end of its block
  def scoped(x) do
    if x do
      alias Oddities.Names.B, as: A
      A.f()
    else
      A.f()
    end

    A.f()
    alias Oddities.Names.D, as: A
    A.f()
  end

  def scoped_import do
    import Integer, only: [digits: 1]
    digits(10)
    fn ->
      import Integer, only: [parse: 1]
      parse("1")
    end
  end

  def inner_function do
    f = fn x ->
      alias Oddities.Names.Deep.C, as: A
      {A.f(), x}
    end
    {f.(1), A.f()}
  end

  def forms(x) do
    [
      A, A.Sub, Sub, OtherA.f(), OtherB.A.f(), N.A.f(), C.f(), E.f(), C.E.f(), Elixir.A, Elixir.Oddities.Names.A.f(), __MODULE__.A.f(), __MODULE__.B.A.f(),
      Oddities.Names.Deep.C.E.f(), L.reverse([1]), Text.upcase("a"), Text.Chars.to_string(1), :"Elixir.Oddities.Names.A".f(), Log.metadata(), x.f(), apply(A, :f, []), {A, :f, []}, [A | [B]],
      %{A => B}, a: A, b: &A.f/0, c: A.f
    ]
  end

  def macros(x) when Integer.is_odd(x), do: {twice(x), N.Macros.twice(x), Integer.is_even(x), Log.debug("x")}

  # imported through use
  defmodule User do
    use Oddities.Names.Macros, import: true
    def f(x), do: {twice(x), injected(), A.f(), M.f(1)}
  end

  defmodule Plain do
    use Oddities.Names.Macros
    def f, do: injected()
  end

  def max(a), do: a
  # max/1 is this module's, max/2 Kernel's
  def two_arities(a, b), do: {max(a), max(a, b), a |> max() |> max(b)}
end
