defmodule Cellar.MixProject do
  use Mix.Project

  @version "2.1.0"

  def project do
    [
      app: :cellar,
      version: @version,
      elixir: "~> 1.13",
      deps: deps(),
      package: package(),
      description: "Schemas, changesets and a query language over storage that you choose"
    ]
  end

  def application, do: [extra_applications: [:logger]]

  defp deps do
    [
      {:pulse, "~> 1.0"},
      {:jot, "~> 1.0", optional: true}
    ]
  end

  defp package do
    [
      licenses: ["Apache-2.0"],
      links: %{},
      files: ~w(.formatter.exs lib mix.exs README.md LICENSE)
    ]
  end
end
