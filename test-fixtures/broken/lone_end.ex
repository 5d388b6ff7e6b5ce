defmodule Broken.LoneEnd do
  def before(x), do: Map.get(x, :a)
  end

  def behind(x), do: Map.get(x, :b)
end
