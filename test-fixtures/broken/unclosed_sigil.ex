defmodule Broken.UnclosedSigil do
  def before, do: ~w(a b)
  def bad, do: ~r/[a-z]+
  def behind, do: Regex.run(~r/b/, "b")
end
