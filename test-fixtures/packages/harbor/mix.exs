defmodule Harbor.MixProject do
  use Mix.Project

  @version "1.3.0"
  @source_url nil

  def project do
    [
      app: :harbor,
      version: @version,
      elixir: "~> 1.13",
      deps: deps(),
      package: package(),
      description: "A small web framework: routers, controllers, components",
      source_url: @source_url,
      xref: [exclude: [ExUnit.AssertionError]]
    ]
  end

  def application do
    [
      mod: {Harbor, []},
      extra_applications: [:logger, :eex, :crypto],
      env: [json_library: Jot]
    ]
  end

  defp deps do
    [
      {:jot, "~> 1.1"},
      {:pulse, "~> 1.0"}
    ]
  end

  defp package do
    [
      maintainers: ["The HexLens fixtures"],
      licenses: ["Apache-2.0"],
      links: %{},
      files: ~w(lib mix.exs README.md LICENSE .formatter.exs)
    ]
  end
end
