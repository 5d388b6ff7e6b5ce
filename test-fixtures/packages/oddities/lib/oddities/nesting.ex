defmodule Oddities.Nesting do
  defmodule A do
    defmodule B do
      defmodule C do
        defmodule D do
          def f, do: fn -> fn -> fn -> [{%{a: [{:b, {%{c: ["#{"#{"#{__MODULE__}"}"}"]}}}]}}] end end end
        end
        def g, do: D.f().().().()
      end
      def h, do: C.D.f()
    end
  end

  def brackets, do: [[[[[[[[[[[[[[[[{{{{{{{{{{{{{{{{((((((((((((((((1))))))))))))))))}}}}}}}}}}}}}}}}]]]]]]]]]]]]]]]]
  def operators(x), do: x + (x - (x * (x / (x - (x + (x - (x * (x - (x - 1)))))))))
  def long_chain(x), do: x |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f |> f
  def concat, do: "a" <> "b" <> "c" <> "d" <> "e" <> "f" <> "g" <> "h" <> "i" <> "j" <> "k" <> "l" <> "m"
  def plus, do: 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16
  def calls(x), do: f(f(f(f(f(f(f(f(f(f(f(f(x))))))))))))
  def no_parens(x), do: f f f f f x
  def f(x), do: x

  def blocks(x) do
    if x do
      case x do
        {:ok, y} ->
          with {:ok, z} <- y do
            for a <- z do
              cond do
                a ->
                  try do
                    receive do
                      ^a ->
                        fn b ->
                          unless b do
                            quote do
                              unquote(if(b, do: (if a, do: (case z do _ -> b end))))
                            end
                          end
                        end
                    after
                      0 -> %{a | b: %{a.b | c: [d: fn -> (fn -> a end).() end]}}
                    end
                  rescue
                    e -> {e, [{[{e}]}]}
                  end
              end
            end
          end
      end
    end
  end

  def table do
    [
      {"0", 0x0}, {"1", 0x1}, {"2", 0x2}, {"3", 0x3}, {"4", 0x4}, {"5", 0x5}, {"6", 0x6}, {"7", 0x7},
      {"8", 0x8}, {"9", 0x9}, {"a", 0xA}, {"b", 0xB}, {"c", 0xC}, {"d", 0xD}, {"e", 0xE}, {"f", 0xF}
    ]
  end
end
