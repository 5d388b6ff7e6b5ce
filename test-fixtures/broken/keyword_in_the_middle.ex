defmodule Broken.Keyword do
  def before(x), do: Map.get(x, :a)
  def bad(x), do: Map.merge(a: 1, x)
  def behind(x), do: Map.get(x, :b)
end
