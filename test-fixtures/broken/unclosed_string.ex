defmodule Broken.UnclosedString do
  def before(x), do: String.trim(x)

  def bad do
    IO.puts("never closed)
  end

  def behind(x), do: String.upcase(x)
end
