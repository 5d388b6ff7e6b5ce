defmodule Oddities.Blocks do
  @moduledoc false

  def keyword_style(x), do: (if x, do: 1, else: 2)
  def with_parens(x), do: if(x, do: (1; 2), else: (3))
  def empty, do: ()
  def empty_block do end
  def empty_lines do

  end
  def only_comment do
    # nothing
  end
  def newline, do:
    1
  def two_newlines,
    do: 1
  def bracketed, [do: 1]
  def kw(a), [{:do, a}]
  def many do 1; 2; 3 end
  def semis do ; 1 ; 2 ; end
  def parens do (1; 2) end
  def nested do ((1)) end
  def nothing, do: nil
  def block_in_args(x), do: [(x; x), (x), ((x; x))]
  def multi, do: (
    1
    2
  )
  def comments do # after do
    1 # after one
    # alone
  # outdented
  end # after end
  # between
  def bodyless(x \\ (1; 2))
  def bodyless(x), do: x

  def rescues(f), do: f.(), rescue: (e in RuntimeError -> e), catch: (:exit, r -> r), else: (x -> x), after: IO.puts("")

  def all(f) do
    f.()
  rescue
    RuntimeError -> 1
    [ArgumentError, KeyError] -> 2
    _ in [ArithmeticError] -> 3
    e in MatchError -> e
    e in [BadMapError, Protocol.UndefinedError] ->
      _ = e
      __STACKTRACE__
    e -> reraise(e, __STACKTRACE__)
  catch
    :error, reason -> reason
    :exit, {:timeout, _} = reason when is_tuple(reason) -> reason
    kind, reason when kind in [:exit, :throw] -> {kind, reason}
    thrown -> thrown
  else
    :ok -> 1
    {:ok, x} when x > 1 when x < -1 -> x
    _ -> 2
  after
    IO.puts("a")
    IO.puts("b")
  end

  def tries(f) do
    try do f.() after :ok end
    try do: f.(), rescue: (_ -> 1)
    try(do: f.(), catch: (_ -> 2; _, _ -> 3))
    x = try do
      f.()
    rescue
      e in [RuntimeError] -> e
    end
    try do
      x
    catch
      (_, _) -> :both
    end
    try do
      throw :ball
      raise "a"
      raise RuntimeError
      raise RuntimeError, "b"
      raise RuntimeError, message: "c"
      raise %RuntimeError{message: "d"}
      exit :normal
    catch
      :throw, :ball -> 1
    else
      _ -> 2
    end
  end

  def cases(x) do
    case x do
      1 -> :one
      2 -> :two; 3 -> :three
      x when is_atom(x) -> x
      x when is_atom(x) when is_binary(x) -> x
      {a, _} = b when a > 1 and b != nil -> a
      [] -> ()
      %{} -> (
        1
        2
      )
      nil ->

        :late
      "a" -> # comment
        :commented
      ^x -> x
      -1 -> -1
      :a -> fn -> 1 end
      :b -> fn x -> x end
      :c -> :c

      :d ->
        1
        2
      _ -> nil
    end
    case x, do: (1 -> 2; _ -> 3)
    case(x, do: (_ -> 3))
    case x do _ -> 1 end
    case(x) do
      _ -> case x do _ -> case x do _ -> 1 end end
    end
    case if(x, do: 1, else: 2) do
      1 -> 1
      2 -> 2
    end
    case x do y when y -> 1; _ -> 2 end
  end

  def conds(x) do
    cond do
      x > 1 -> 1
      x == 1 or
        x == 2 -> 2
      y = x -> y
      true -> 3
    end
    cond do: (x -> 1; true -> 2)
  end

  def receives do
    receive do
      {:a, x} -> x
      :b when true -> 1
    after
      0 -> :none
    end
    receive do after 10 -> 1 end
    receive do
    after
      1_000 -> 1
    end
    receive do _ -> 1 after 0 -> 2 end
    receive do: (_ -> 1), after: (0 -> 2)
  end

  def withs(x) do
    with {:ok, a} <- x, {:ok, b} when b > 1 <- a, c = b, do: c
    with {:ok, a} <- x,
         b = a,
         true <- b > 1 || :small,
         {:ok, _} when is_integer(b) or is_nil(b) <- {:ok, b} do
      b
    else
      :small -> 1
      {:error, e} when e == 1 -> e
      _ -> 2
    end
    with a <- x, do: a, else: (_ -> 1)
    with(a <- x, do: a)
    with do: 1
    with {:ok, a} <- x do a end
    with [a | _] <- [x], %{b: b} <- a, <<c, _::binary>> <- b, ^x <- c do c end
    with x = 1, do: (
      x
    )
  end

  def fors(l, m) do
    for x <- l, do: x
    for x <- l, y <- m, x > 1, rem(y, 2) == 0, do: {x, y}
    for {k, v} when is_atom(k) <- m, into: %{}, do: {k, v}
    for <<c <- "abc">>, c != ?b, into: "", do: <<c>>
    for <<r::8, g::8, b::8 <- <<1, 2, 3>> >>, do: {r, g, b}
    for <<(<<a::4, b::4>> <- "x")>>, do: a + b
    for x <- l, uniq: true, do: x
    for x <- l, reduce: 0 do
      acc when acc > 1 -> acc + x
      acc -> acc
    end
    for x <- l, reduce: %{}, do: (acc -> Map.put(acc, x, x))
    for x <- l, y = x, z <- [y], into: [], uniq: true do z end
    for(x <- l, do: x)
    for [x | _] <- [l],
        %{a: ^x} <- m,
        do: x
    for x <- 1..10//2, do: (
      x
    )
    for _ <- l, do: for(_ <- m, do: 1)
    for x <- (for y <- l, do: y), do: x
  end

  def ifs(x) do
    if x do 1 end
    if x do 1 else 2 end
    if x do
    else
      2
    end
    if x do 1 else end
    if x, do: 1
    if x, do: if(x, do: 1, else: 2), else: 3
    if (x) do 1 end
    if(x) do 1 end
    if not x do 1 end
    if x && !x || x do 1 end
    if x == 1 and
         x != 2 do
      3
    end
    unless x, do: 1, else: 2
    unless x do 1 end
    y = if x, do: 1
    if(x, do: 1) || 2
    z = (if x do 1 end)
    if x do y else z end |> is_nil
    if y = x do y end
    if x, [do: 1, else: 2]
    if fn -> x end, do: 1
    if x do 1 else if z do 2 else 3 end end
  end

  def fns do
    [
      fn -> 1 end,
      fn -> end,
      fn () -> 1 end,
      fn() -> 1 end,
      fn x -> x end,
      fn(x) -> x end,
      fn (x) -> x end,
      fn x, y -> {x, y} end,
      fn(x, y) -> {x, y} end,
      fn (x, y) -> {x, y} end,
      fn x when x > 1 -> x end,
      fn x, y when x > 1 when y > 1 -> x end,
      fn (x, y) when x > 1 -> y end,
      fn 1 -> 1; 2 -> 2; _ -> 3 end,
      fn
        1 -> 1
        2 ->
          2
          3
        x when x == 3 -> x
        _ -> nil
      end,
      fn {a, b}, %{c: c}, [d | _], <<e>> -> {a, b, c, d, e} end,
      fn _ -> fn _ -> fn _ -> 1 end end end,
      fn x -> x; x end,
      fn x -> (x; x) end,
      fn
        x -> x end,
      fn x ->
        x
      end,
      fn [a: 1] -> 1 end,
      fn a: 1 -> 1 end,
      fn x, a: 1 -> x end,
      fn ((x)) -> x end,
      fn "a" <> x -> x end,
      fn -1 -> 1 end,
      fn x = y -> {x, y} end
    ]
  end

  def captures do
    [
      & &1, &(&1), &(&1 + &2), & &1 + &2, & &1.name, &(&1.name), &(&1[:a]), & &1[:a], &{&1, &2}, &[&1, &2], &[&1 | &2], &%{a: &1}, &%{&1 | a: 1}, &"#{&1}a", &"#{&1}", &(&1).(1), & &1.(1), &(&1.(&2)),
      &captures/0, &Oddities.Blocks.captures/0, &__MODULE__.captures/0, &Kernel.+/2, &Kernel.<>/2, &+/2, &is_nil/1, &:lists.map/2, &:"lists".map/2, &String."upcase"/1,
      &if(&1, do: 1), (&if &1, do: 1), &to_string(&1), &(to_string &1), &IO.puts/1, &IO.puts(&1), &(not &1), &(!&1), &(-&1), & &1 |> to_string() |> String.trim(), &(&1 > 1 and &2), &match?({:ok, _}, &1), &Enum.map(&1, fn x -> x end), &Map.put(&1, :a, &2),
      &~r/a/.source && &1, &<<&1>>, &<<&1::binary, "a">>, &({&1}), &(&1), &@attr[&1], &apply(__MODULE__, &1, []), &(&2 - &1), &%RuntimeError{message: &1}, &send(self(), {:a, &1}), &Enum.at(&1, -1), &(&1 =~ ~r/a/)
    ]
  end

  @attr %{a: 1}

  def nested_captures(l), do: Enum.map(l, &Enum.map(&1, fn x -> x + 1 end))
  def block_args(l), do: (Enum.map l, fn x -> x end) |> Enum.map(fn
    1 -> 2
    x -> x
  end)
end
