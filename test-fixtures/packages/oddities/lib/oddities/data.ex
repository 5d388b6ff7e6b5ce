defmodule Oddities.Data do
  @moduledoc false
  defstruct [:a, :inner, b: 1, "c d": %{}]

  defmodule Empty do defstruct [] end
  defmodule Inner, do: (defstruct x: 1, y: [2])

  alias __MODULE__, as: D
  alias __MODULE__.{Empty, Inner}

  def maps(k, v) do
    [
      %{}, %{ }, %{a: 1}, %{:a => 1}, %{"a" => 1}, %{k => v}, %{1 => 2, 3.0 => 4}, %{"a": 1, b: 2}, %{"a" => 1, b: 2}, %{k => v, a: 1}, %{nil => nil, true: false},
      %{{1, 2} => [3], [] => %{}}, %{(if k do 1 end) => v}, %{k => fn -> v end}, %{a: 1,}, %{"a" => 1,}, %{
        a: 1, # one
        # two
        b: 2
      }, %{%{} => %{}}, %{k=>v}, %{-1 => 1}, %{k || 1 => v}, %{:"a b" => 1}, %{'a' => 1}, %{~s(a) => 1}, %{?a => 1}, %{__MODULE__ => 1}, %{@attr => 1}
    ]
  end

  @attr :attribute

  def updates(m, s) do
    [
      %{m | a: 1}, %{m | :a => 1}, %{m | "a" => 1, b: 2}, %{m|a: 1}, %{%{a: 1} | a: 2}, %{m.n | a: 1}, %{m[:n] | a: 1}, %{f(m) | a: 1}, %{f() | a: 1},
      %{%{m | a: 1} | a: 2}, %{m | a: %{m.a | b: 1}}, %{(m || %{}) | a: 1}, %{m |> f | a: 1} |> f(), %{@map | a: 1}, %D{s | a: 1}, %__MODULE__{s | a: 1, b: 2}, %D{s |
        a: 1
      }, %{s | "c d": 1}, %{m | a: 1,}
    ]
  end

  @map %{a: 1}
  def f(x \\ %{a: 1}), do: x

  def structs(x) do
    [
      %D{}, %D{a: 1}, %D{:a => 1}, %__MODULE__{}, %__MODULE__{b: 2}, %__MODULE__.Inner{}, %Inner{x: 1,}, %Oddities.Data.Empty{}, %Elixir.Oddities.Data.Empty{},
      %D{inner: %D{inner: %Inner{}}}, %D.Inner{x: x}, %D{"c d": 1}, %Empty{
      }, %D{ a: x, b: x, }
    ]
  end

  def matches(x) do
    module = D
    %_{} = x
    %_{a: 1} = x
    %module{} = x
    %name{a: a} = x
    %^module{} = x
    %D{} = x
    %__MODULE__{a: ^a} = x
    %{a: %{b: [c | _]}} = x
    %{^a => 1} = x
    %{"a" => b, c: ^c} = x
    %{} = x
    {name, module, b}
  rescue
    _ -> nil
  end

  def heads(%_{} = s, %{a: %Inner{x: [%{y: y} | _]}}, [_ | [_ | _]], {_, {_, _}}), do: {s, y}
  def heads(%__MODULE__{a: a} = %{b: b} = c, "a" <> d, <<e::8, f::bits>>, 'abc'), do: [a, b, c, d, e, f]
  def heads(nil, true, :a, 1), do: 1
  def heads(_, _, _, x) when is_struct(x, D) when is_map_key(x, :a) and x.a == 1, do: x
  def heads(%{a: 1, b: _}, _b, _, _c = _d), do: 2

  def lists(l) do
    [a | b] = l
    [a, b | c] = l
    [^a, {^b, _}, %{c: ^c} | _] = l
    [first: 1, second: x] = l
    [{:k, v}, {k2, v2} | _] = l
    [[[a]], [[b] | c]] = l
    [] = [[]] -- [[]]
    {a, b} = {b, a}
    {a, {b, {c}}} = l
    {} = {}
    {:ok, [x: x, y: %{z: z}]} = l
    a = b = c = [a, x, z, v, k2, v2]
    _ = [a, b, c]
  end

  def access(m, s) do
    m = put_in(m[:a][:b], 1)
    m = put_in(m.a.b, 1)
    m = update_in(m.a[:b].c, &(&1 + 1))
    {_, m} = pop_in(m[:a])
    {_, _} = get_and_update_in(m["a"][s.b], &{&1, 1})
    get_in(m, [:a, Access.key(:b, %{}), Access.at(0), "c", Access.all()])
    m[:a] || m["a"] || m[1] || m[nil] || m[{1, 2}] || m[:a][:b]["c"][s.d].e[m[:f]]
    m[:a]
    [:b]
    s.inner.inner.a[:x]
  end

  def bits(x, n) do
    [
      <<>>, << >>, <<1>>, <<1, 2, 3>>, <<x>>, <<"a">>, <<"a", "b">>, <<"é"::utf8>>, <<x::8>>, <<x::size(8)>>, <<x::size(n)>>, <<x::size(n)-unit(8)>>, <<x::16*8>>,
      <<x::integer>>, <<x::float>>, <<x::float-32>>, <<x::binary>>, <<x::bytes>>, <<x::bits>>, <<x::bitstring>>, <<x::utf8>>, <<x::utf16-little>>, <<x::utf32-big>>,
      <<x::little-signed-integer-size(16)>>, <<x::16-little-signed>>, <<x::big-unsigned>>, <<x::native>>, <<x::binary-size(n), 0>>, <<x::size(4), x::4>>, <<-1::8>>, <<(x + 1)::8>>, <<x + 1::8>>,
      <<?a, ?b>>, <<0xFF, 0b11, 1.5::float>>, <<1,>>, <<"a" <> "b"::binary>>, <<(<<1>>)>>, << <<1>> :: binary >>, <<1::1, 0::1>>, <<"#{x}">>, <<"a#{x}b", x::binary>>, <<0::size(8)-unit(4)>>,
      <<
        1, # one
        2::16,
        "three"
      >>
    ]
  end

  def unbits(<<size::8, body::binary-size(size), rest::binary>>), do: {body, rest}
  def unbits(<<a, b::16, _::bits>>), do: {a, b}
  def unbits(<<"GIF", v::binary-3, w::little-16, _::binary>>), do: {v, w}
  def unbits(<<c::utf8, _::binary>> = all) when c in ?a..?z, do: all
  def unbits(<<h, t::binary>>), do: <<t::binary, h>>
  def unbits(<<>>), do: <<>>
  def unbits(x = <<1::size(1), _::7>> <> _), do: x
end
