defmodule Oddities.MixProject do
  use Mix.Project

  @version "1.0.0"

  def project, do: [app: :oddities, version: @version, elixir: ">= 1.14.0 and < 3.0.0", deps: deps(), description: "Odd but valid", package: package()]
  def application, do: [extra_applications: [:logger, :eex]]
  defp deps, do: []
  defp package, do: [licenses: ["Apache-2.0"], links: %{}, files: ~w[lib priv mix.exs README.md LICENSE .formatter.exs]]
end
