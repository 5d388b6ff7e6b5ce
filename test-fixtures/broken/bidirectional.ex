defmodule Broken.Bidirectional do
  def before(x), do: Map.get(x, :a)
  # ‮ turns what follows around
  def behind(x), do: Map.get(x, :b)
end
