#!/usr/bin/env elixir
# A script: code outside of modules, and a shebang.

Mix.start()
import Enum, only: [map: 2]

defmodule Oddities.Script do
  def main(args), do: args |> parse |> IO.inspect(label: "args")
  defp parse(args), do: OptionParser.parse(args, strict: [verbose: :boolean, n: :integer], aliases: [v: :verbose])
end

alias Oddities.Script, as: S

squares = map(1..3, &(&1 * &1))
[first | _] = squares
if first == 1, do: S.main(System.argv()), else: :never

for n <- squares do
  IO.puts("#{n}")
end

unless function_exported?(S, :main, 1) do
  raise "no main"
end
