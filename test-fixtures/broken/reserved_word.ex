defmodule Broken.Reserved do
  def before(x), do: Map.get(x, :a)
  def bad(end), do: after + 1
  def behind(x), do: Map.get(x, :b)
end
