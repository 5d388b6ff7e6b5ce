defmodule Broken.ByteOrderMark do
  def f(x), do: Map.get(x, :a)
end
