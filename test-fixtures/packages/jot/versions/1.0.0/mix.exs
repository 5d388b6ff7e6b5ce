defmodule Jot.MixProject do
  use Mix.Project

  @version "1.0.0"

  def project do
    [
      app: :jot,
      version: @version,
      elixir: "~> 1.12",
      consolidate_protocols: Mix.env() != :test,
      deps: deps(),
      description: "JSON, read and written, with a protocol for your own structs",
      package: package()
    ]
  end

  def application do
    [extra_applications: []]
  end

  defp deps do
    []
  end

  defp package do
    [
      licenses: ["Apache-2.0"],
      links: %{},
      files: ["lib", "mix.exs", "README.md", "LICENSE", ".formatter.exs"]
    ]
  end
end
