defmodule Broken.Operator do
  def before(x), do: Map.get(x, :a)

  def bad(a, b) do
    sum = a + * b
    Map.put(a, :sum, sum)
  end

  def behind(x), do: Map.get(x, :b)
end
