defmodule Broken.Comma do
  def before, do: [1, 2]
  def bad, do: [:a :b]
  def behind, do: String.upcase("a")
end
