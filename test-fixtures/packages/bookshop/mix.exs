defmodule Bookshop.MixProject do
  use Mix.Project

  @version "0.1.0"

  def project do
    [
      app: :bookshop,
      version: @version,
      elixir: "~> 1.14",
      elixirc_paths: elixirc_paths(Mix.env()),
      start_permanent: Mix.env() == :prod,
      aliases: aliases(),
      deps: deps(),
      description: "A shop for books, made of everything beside it",
      package: package()
    ]
  end

  def application do
    [mod: {Bookshop.Application, []}, extra_applications: [:logger, :runtime_tools, :crypto]]
  end

  defp elixirc_paths(:test), do: ["lib", "test/support"]
  defp elixirc_paths(_), do: ["lib"]

  defp deps do
    [
      {:harbor, "~> 1.3"},
      {:cellar, "~> 2.0"},
      {:drover, "~> 0.6.0"},
      {:courier, "~> 0.9"},
      {:jot, "~> 1.1"},
      {:pulse, "~> 1.0"}
    ]
  end

  defp aliases do
    [
      setup: ["deps.get", "run priv/repo/seeds.exs"],
      "test.all": ["format --check-formatted", "test"]
    ]
  end

  defp package do
    [licenses: ["Apache-2.0"], links: %{}, files: ["lib", "priv", "mix.exs", "README.md", "LICENSE", ".formatter.exs"]]
  end
end
