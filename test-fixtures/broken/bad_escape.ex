defmodule Broken.Escape do
  def before(x), do: Map.get(x, :a)
  def bad, do: "no such character: \u{110000} and \xZZ"
  def behind(x), do: Map.get(x, :b)
end
