defmodule Oddities.Quoting do
  @moduledoc false

  defmacro all(x, list, [do: block]) do
    var = Macro.var(:hygienic, nil)
    name = :generated

    [
      quote(do: unquote(x)),
      quote do unquote(x) end,
      quote do
        unquote(x)
        unquote_splicing(list)
      end,
      quote(do: [1, unquote_splicing(list), 2]),
      quote(do: [unquote_splicing(list) | [1]]),
      quote(do: {unquote_splicing(list)}),
      quote(do: %{unquote_splicing([a: 1])}),
      quote(do: f(unquote_splicing(list))),
      quote(do: f(1, unquote_splicing(list))),
      quote(do: a.unquote(name)),
      quote(do: a.unquote(name)(1)),
      quote(do: unquote(name)()),
      quote(do: unquote(name)(1, 2)),
      quote(do: unquote(x).f),
      quote(do: unquote(x).f(1)),
      quote(do: unquote(x).(1)),
      quote(do: %unquote(x){a: 1}),
      quote(do: &unquote(name)/1),
      quote(do: &(unquote(x) + &1)),
      quote(do: @unquote(name)),
      quote(do: @unquote(name)(1)),
      quote(do: "#{unquote(x)}"),
      quote(do: <<unquote(x)::8>>),
      quote(do: fn unquote(var) -> unquote(block) end),
      quote(do: (unquote(x) -> unquote(block))),
      quote(do: (unquote_splicing(list) -> 1; _ -> 2)),
      quote(do: (-> 1)),
      quote(do: (() -> 1)),
      quote(do: (a, b when c -> d)),
      quote(do: (a when c -> d)),
      quote(do: unquote(x) + unquote(var)),
      quote(do: (unquote_splicing(list))),
      quote(do: unquote(x) |> unquote(name)()),
      quote(do: var!(x) = unquote(x)),
      quote(do: var!(x, Other)),
      quote(do: alias!(X)),
      quote(do: import(X, only: [unquote({name, 1})])),
      quote([bind_quoted: [x: x, list: list]], do: {x, list}),
      (quote bind_quoted: [x: x] do x end),
      (quote bind_quoted: binding() do x end),
      quote([unquote: false], do: unquote(x)),
      (quote location: :keep, generated: true, line: 10, context: __MODULE__, file: "x" do 1 end),
      quote([do: 1]),
      quote do end,
      quote do () end,
      quote do
        quote do
          unquote(x)
          unquote(unquote(x))
        end
      end,
      quote do
        defmodule unquote(Module.concat(__CALLER__.module, Gen)) do
          def unquote(name)(unquote_splicing([var])), do: unquote(var)
          def unquote(:"#{name}?")(), do: true
          defp unquote(name)(), do: 0
          defstruct unquote(list)
          @spec unquote(name)(term) :: unquote(x)
          unquote(block)
        end
      end
    ]
    |> Macro.escape()
  end

  def blocks do
    [
      quote(do: ()), quote(do: (1)), quote(do: (1; 2)), quote(do: ((1))), quote(do: (1;)), quote(do: (
        1
        2
      )), quote(do: [(1; 2)]), quote(do: f((1; 2))), quote(do: (a; b) + c), quote(do: not (a)), quote(do: !(a)), quote(do: (not a)), quote(do: (!a)), quote(do: [(not a)]), quote(do: (not a) and b), quote(do: -(a)), quote(do: (-a)), quote(do: ((a) -> b)), quote(do: (((a)) -> b)), quote(do: ((a, b) -> c)), quote(do: f do (not a) end)
    ]
  end

  def values, do: [quote(do: 1), quote(do: :a), quote(do: "a"), quote(do: 'a'), quote(do: [1]), quote(do: {1, 2}), quote(do: {1, 2, 3}), quote(do: A.B), quote(do: __MODULE__), quote(do: a), quote(do: a()), quote(do: nil), quote(do: 1.0)]

  defmacro defaccessors(names) do
    for name <- names do
      quote do
        def unquote(name)(), do: unquote(to_string(name))
      end
    end
  end

  defmacro unhygienic, do: quote(do: var!(secret) = 42)
  defmacro deftwice({name, _, args}, do: body), do: (quote do
    def unquote(name)(unquote_splicing(args || [])), do: {unquote(body), unquote(body)}
  end)
end

defmodule Oddities.Quoting.User do
  require Oddities.Quoting
  import Oddities.Quoting
  defaccessors [:one, :two]
  deftwice third(x), do: x
  deftwice fourth do 4 end
  def f do
    unhygienic()
    _ = all 1, [2, 3] do 4 end
    _ = all(1, [2, 3], do: 4)
    {secret, one(), two(), third(3), fourth()}
  end
end
