defmodule Broken.Brackets do
  def before(x), do: Map.get(x, :a)
  def too_few(x), do: Map.put(x, :b, [1, {2, 3])
  def too_many(x), do: Map.put(x, :c, 1))
  def behind(x), do: Map.get(x, :d)
end
