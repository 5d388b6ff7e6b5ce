defmodule Broken.Number do
  def before(x), do: Map.get(x, :a)
  def bad, do: 1__000 + 0b102 + 1.5e
  def behind(x), do: Map.get(x, :b)
end
