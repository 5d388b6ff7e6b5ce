defmodule Oddities.Operators do
  @moduledoc "Every operator, beside every other."

  import Bitwise, except: [^^^: 2]

  ## Own ones

  def left <~> right, do: {:around, left, right}
  def left ~>> right, do: {:down, left, right}
  def left <<~ right, do: {:up, left, right}
  def left ~> right, do: {:right, left, right}
  def left <~ right, do: {:left, left, right}
  def left <|> right, do: {:or, left, right}
  def left +++ right, do: {:plus, left, right}
  def a --- b, do: {:minus, a, b}
  defmacro left ^^^ right, do: {:{}, [], [:xor, left, right]}

  def precedence do
    quote do
      [
        a + b * c - d / 2,
        (a + b) * (c - d) / 2,
        a - b - c,
        a ++ b ++ c,
        a -- b -- c,
        a <> b <> c,
        a ** b ** c,
        a..b,
        a..b//c,
        a + 1..b * 2//c,
        a == b != c === d !== a,
        a < b == c > d,
        a <= b and c >= d or not a,
        a && b || c && !d,
        not a == b,
        not (a == b),
        not a and not b,
        !a == b,
        !!a,
        not not a,
        !not a,
        a in b,
        a not in b,
        not a in b,
        not(a in b),
        not (a in b) and c,
        not a not in b,
        !a in b,
        a in b ++ c,
        a |> b.() |> c.(),
        a + b |> c.(),
        a ++ b |> c.(),
        a |> c.() == d,
        a <> b <> "#{c}" |> d.(),
        a =~ b && c =~ d,
        a | b,
        a = b = c,
        a = b || c,
        a &&& b ||| c,
        a <<< b >>> c,
        a <~> b ~>> c <<~ d,
        a ~> b <~ c,
        a <|> b <|> c,
        a +++ b +++ c,
        a --- b --- c,
        a ^^^ b,
        ~~~a &&& b,
        -a,
        - a,
        +a,
        -a + b,
        -a.b,
        -a ** b,
        - -a,
        -(-a),
        +-a,
        !-a,
        a - -b,
        a*-b,
        -1 + 2,
        -1.5,
        -a[b],
        @attribute + 1,
        @attribute.b,
        @attribute[:b],
        -@attribute,
        not a not in b,
        &(&1 + &2) |> c.(),
        a :: b
      ]
    end
  end

  @attribute %{b: 1}

  def evaluated(a, b, c) do
    _ = a <~> b ~>> c <<~ a ~> b <~ c <|> a +++ b --- c ^^^ a
    _ = a |> b.() |> c.(1) |> Kernel.+(1) |> then(& &1) |> case do x -> x end
    _ = -a + -(b) - -c
    _ = a &&& b ||| c <<< 1 >>> 1 &&& ~~~a
    _ = a - b..c + 1//2 == c..b
    _ = a not in b and not (c in a) or not is_nil(a) && !b
    _ = @attribute[:b] + @attribute.b
    _ = Kernel.-(a)
    _ = __MODULE__.<~>(a, b)
    _ = Kernel.<>("a", "b") <> "c"
    _ = &<~>/2
    _ = &Kernel.<>/2
    _ = &-/2
    _ = [&+/2, &!/1, & &&/2, &../2, & &1 <~> &2, &not/1, &in/2, &and/2, &Bitwise.|||/2]
    _ = +(a)
    _ = a
      + b
    a
    |> b.()
    || c
    && a
    <> b
    == c
  end

  def line_ends(a, b) do
    x =
      a +
      b

    y = a and
      b

    z = a
        |>
        b.()

    w = a ++
      # between
      b

    [x,
     y,

     z, w
    ] ; a
  end

  defguard is_odd(x) when is_integer(x) and (x &&& 1) == 1 and x not in [3, 5] and not (x > 100 or x < -100)
  def guards(x, y) when x > 1 when y < 1 when is_odd(x), do: x
  def guards(x, _y) when x in 1..10 or x in [11, 12] or rem(x, 2) == 0 and -x < 0, do: -x
end

defmodule Oddities.Operators.Unary do
  import Kernel, except: [-: 1, +: 1, !: 1]
  import Bitwise, only: []

  def -x, do: {:negative, x}
  def +x when is_list(x), do: x
  def (+x), do: {:positive, x}
  defmacro !x, do: {:not, x}
  def ~~~x, do: {:complement, x}
  def use_them(x), do: [-x, - x, +x, !x, ~~~x, -(-x), &-/1]
end
