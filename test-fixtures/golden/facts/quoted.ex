defmodule Shop.Macros do
  alias Shop.Log

  defmacro traced(do: body) do
    name = inspect(__CALLER__.module)

    quote do
      Log.write(unquote(name))
      helper()
      local_to_the_caller(unquote(expand(body)))
      %{module: __MODULE__}
    end
  end

  def helper, do: :ok
  defp expand(body), do: Macro.prewalk(body, & &1)

  for name <- [:red, :green] do
    def unquote(name)(), do: unquote(name)
    def unquote(:"#{name}?")(x), do: x == unquote(name)
  end

  def colours, do: {red(), green?(1)}
end

defmodule Shop.Records do
  require Record
  Record.defrecord(:money, amount: 0, currency: nil)
  Record.defrecordp(:coin, [:value])

  def add(money(amount: a) = m, coin(value: v)), do: money(m, amount: a + v)
end

defmodule Shop.Shadow do
  def size, do: 1
  def name(size), do: size
  def bits(<<size::8, rest::binary-size(size)>>), do: {size, rest}
  def call, do: size()

  def twice(x) do
    size = x * 2
    size
  end
end
