defmodule Broken.UnclosedInterpolation do
  def before(x), do: String.trim(x)
  def bad(x), do: "a #{String.trim(x) b"
  def behind(x), do: "c #{x}"
end
