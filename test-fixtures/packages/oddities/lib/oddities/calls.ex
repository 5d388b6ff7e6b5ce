defmodule Oddities.Calls do
  @moduledoc false

  require Logger
  alias Oddities.{Atoms, Calls, Numbers}
  alias Oddities.Numbers, as: N, warn: false
  alias __MODULE__.Inner

  defmodule Inner do
    def f, do: %{a: %{b: fn -> %{c: 1} end}}
    def f(x), do: fn y -> fn -> {x, y} end end
    def f(x, opts \\ [], do: block), do: {x, opts, block}
    def unquote(:"odd name")(x), do: x
    def unquote(:nil?)(x), do: x == nil
    def unquote(:"Cap")(), do: :cap
    def end?(x), do: x
    def ok!, do: :ok
    def do_it(x), do: x
  end

  def zero, do: 0
  def one x do x end
  def two(x, y), do: {x, y}
  def three(x, y, z), do: {x, y, z}
  def keys(x \\ 1, opts), do: {x, opts}

  # without parentheses, nested
  def parensless(a, b) do
    one a
    two a, b
    one two a, b
    two a, one(b)
    one two(a, b)
    one [a, b]
    one {a, b}
    one -a
    one a: 1, b: 2
    two a, a: 1, b: 2
    keys a: 1,
         b: 2
    keys a,
      b: 1
    two one(a), one b
    one fn -> a end
    one if a, do: b, else: a
    one a |> one
    one(a) |> one
    a |> one |> two(b)
    a |> two b
    one not a
    one &one/1
    one %{a: a}
    one "#{a}"
    one ~s(a)
    one :a
    one ?a
    one @attribute
    one ^a = a
    x = one a
    x = two a, b
    one x = a
    one((a))
    one((a; b))
    one (a)
    two (a), b
    two (a + b) * 2, (b)
    Inner.do_it a
    Inner.do_it one a
    Inner.f a, do: b
    Inner.f a do
      b
    end
    Inner.f a, c: 1 do b end
    Inner.f(a) do b end
    Inner.f(a, [c: 1]) do b end
    x && two(a, b)
  rescue
    _ -> zero
  end

  @attribute 1

  def zero_arity do
    zero
    zero()
    Inner.f
    Inner.f()
    Inner.ok!
    self
    Calls.zero
    __MODULE__.zero
    __MODULE__.Inner.f
    Elixir.Oddities.Calls.zero
    :lists.seq 1, 2
    :"lists".seq(1, 2)
    :'erlang'.self
  end

  def remote(a) do
    Inner."odd name"(a)
    Inner."odd name" a
    Inner.'odd name'(a)
    Inner."Cap"()
    Inner.nil?(a)
    Inner.end? a
    Inner.
      do_it(a)
    Inner
    .do_it(a)
    Inner # comment
    # and another
    .do_it(a)
    __MODULE__."two"(a, a)
    apply Inner, :do_it, [a]
    apply(Inner, :"odd name", [a])
    apply(__MODULE__, :zero, [])
    Atoms.plain; Numbers.integers(); N.floats
    {Inner, :do_it, [a]}
    Kernel.+(1, 2)
    Kernel.and(a, true)
    Kernel.if a, do: 1
    Kernel.!(a)
    Kernel.<>("a", "b")
    1 |> Kernel.+(2) |> Kernel.-
    Integer.to_string 1
  end

  def dots(a, f) do
    a.b.c
    a.b().c
    a.b.c()
    a.b().c()
    a.b(1).c(2)
    a[:b]
    a[:b][:c]
    a.b[:c].d[:e]
    a[:b].c
    a[a[:b]]
    a[[]]
    a[[1, 2]]
    a[b: 1]
    a[b: 1, c: 2]
    a[
      :b
    ]
    a.b()[:c]
    f.()
    f.(1)
    f.(1).(2)
    f.(1).(2).()
    f.().b
    f.(1)[:c]
    f .(1)
    f.(a: 1)
    f.(1, a: 1)
    f.(1) |> f.()
    a.f.(1)
    a.f().(1)
    a.b.()
    Inner.f(1).(2).()
    Inner.f().a.b.().c
    Inner.f.a.b.().c
    (fn x -> x end).(1)
    (& &1).(1)
    (&(&1 + &2)).(1, 2)
    [a, b] = [1, 2]
    [a][:a]
    [a: 1][:a]
    %{a: 1}[:a]
    %{a: 1}.a
    [a, b][b]
    (a).b
    (a; b).c
    nil[:a][:b]
    f.(fn -> 1 end).(fn x -> x end)
    f.(&(&1)).(&zero/0)
    @attribute[:a]
    f
  rescue
    _ -> :none
  end

  def pipes(a) do
    a |> one |> one() |> Inner.do_it |> Inner.do_it() |> (&one/1).() |> (fn x -> x end).() |> then(&two(&1, a)) |> elem(0)

    a
    |> one()
    # a comment inside
    |> one

    |> two(a)

    a |> if(do: 1, else: 2)
    a |> case do
      1 -> 2
      _ -> 3
    end |> one
    a |> Calls.two(1) |> tap(fn {_, _} -> :ok end) |> Kernel.elem(0) |> __MODULE__.one()
    one(a) |> case do x when x > 1 -> x; _ -> 0 end
    a |> unquote_me.()
  rescue
    _ -> nil
  end

  def unquote_me, do: &one/1

  def multi_line(
        a,
        b \\ [
          c: 1
        ],
        d \\ fn -> 1 end
      )
      when is_list(b)
      when b == nil do
    three(
      a,
      b,

      d
    )
  end

  # calls that only a parser likes
  def shapes do
    quote unquote: false do
      "a".b
      {a, b}.c
      1.(2)
      &1
      &1.a
      @a.b.(1)
      nil.(1)
      fn -> 1 end.()
      (if(a) do b end).c
      case(a, do: (b -> c))
      ...
      f(...)
      [..., a]
      %{}.a
      <<>>.a
      ~s(a).b(c)
      'a'.b
      %A{}.b.c
      A.{B, C}.d
      A.{}
      a.{b, c}
      __ENV__.module.f
      unquote(a).b
      unquote(a).unquote(b)(c)
      a.unquote(b)
      unquote(a)(b)
      unquote(a)(b).(c)
      f a do b end
      f a, b do c end
      f do: a
      f do a end
      f(do: a) do b end
      f.(a) do b end
      f a do b else c after d rescue e -> f catch g -> h end
      f() do end
      f do () end
      f do -> a end
      f do () -> a end
      f do (a, b) -> c end
      f do (a, b) when c -> d end
      f do a, b when c -> d; e -> f end
      not f a
      - f a
      @f a, b
      @f a do b end
      f - a
      f -a
      a = f b do c end
      a |> f b do c end
      a b c d
      a b(c), d
    end
  end

  def no_space(a), do: if(a, do: one(a), else: (one a))
end
