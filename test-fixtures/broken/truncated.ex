defmodule Broken.Truncated do
  @moduledoc "The rest of the file did not arrive."

  def before(x), do: Map.get(x, :a)

  def cut(x) do
    x
    |> Enum.map(fn {key, value} -> {key, Str