defmodule Broken.Latin1 do
  # Größe in Latin-1
  def before(x), do: Map.get(x, :a)
  def bad, do: "Grüße, café"
  def behind(x), do: Map.get(x, :b)
end
