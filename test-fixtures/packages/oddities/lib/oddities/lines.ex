# A comment before everything, with "quotes", 'more', #{nothing} and do end


;defmodule Oddities.Lines do;
  # first
  @moduledoc false # trailing

  ## Two signs
  #without a space
  #! not a shebang
  #{ not an interpolation }

  def a(), do: 1; def b(), do: 2
  ;def c, do: 3;
  def d do; 1; 2; end; def e do 1
  end

  def operators(x, y) do
    a = x +
      # between
      y
    b = x
      |> # behind the pipe
      to_string()

      # before the pipe

      |> String.trim() # after
    c = x and # behind
      y
    d = [
      # first in a list
      x, # after one
      # between

      y # last
      # end
    ]
    e = %{ # open
      a: # behind the key
        x,
      # before a key
      b: y
      # close
    }
    f = fn # behind fn
      # before a clause
      x -> # behind the arrow
        # before the body
        x
        # after the body

      # before the next
      1 -> 2 # after
      # at the end
    end
    g = (# in parens
      x
      # still
    )
    h = case x do # behind do
      # nothing yet
      1 -> 1

      # a clause
      _ ->
        # a body
        2
    # outdented
    end # behind end
    if x do
      # only a comment
    else
      # here as well
    end
    i = foo(
      # arguments
      x,
      # second
      y
      # none more
    )
    j = foo x, # behind the comma
            y
    k = x. # behind the dot
      b
    l = "a" # string
      <> "b" # string
    m = not # behind not
      x
    n = - # behind minus
      1
    o = &( # in a capture
      &1)
    p = x
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
  end

  def foo(x, y), do: {x, y}

  # only for a parser
  def newlines do
    quote do
      a
      -b
      a
      - b
      a
      +b
      a -b
      [a -
       b]
      a
      [b]
      a
      (b)
      a
      .b
      a
      |> foo(b)
      a; b
      a;
      b
      foo(a, b); foo a, b
      foo \
        a, b
      x = \
        1
      (a
      b)
      {a,
      b}
      foo(
      a,

      b
      )
      [
      a,
      b
      ]
      x =
        a

      x
      ==
      b
      a ..
        b
      a
      .. b
      x
      not in
        [b]
      a
      when_is(b)
      a
      in [b]
      a
      and b
      a or
        b
      fn ->
        a end
      fn
      ->
        a
      end
      fn
        a
        when
          a > 1
        ->
          a
      end
      a
      = b
      a
      <> b
      if a
      do
        b
      end
      if a,
        do: b,
        else:
          a
      foo a,

        b
    end
  end

  def when_is(x), do: x
end

# A comment after everything; no newline at the end of the file
# the end