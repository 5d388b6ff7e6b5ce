defmodule Broken.UnclosedDo do
  def before(x), do: Map.keys(x)

  def bad(x) do
    if x do
      Map.values(x)
  end

  def behind(x), do: Map.new(x)
end
