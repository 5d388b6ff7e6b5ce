defmodule Courier.MixProject do
  use Mix.Project

  @version "0.9.0"
  @description "An HTTP client made of small steps"

  def project do
    [
      app: :courier,
      version: @version,
      elixir: "~> 1.12",
      description: @description,
      package: [licenses: ["Apache-2.0"], links: %{}],
      deps: deps()
    ]
  end

  def application do
    [
      extra_applications: [:logger, :inets, :ssl],
      mod: {Courier.Application, []}
    ]
  end

  defp deps do
    [
      {:jot, ">= 1.0.0 and < 2.0.0"},
      {:pulse, "~> 1.1", optional: true}
    ]
  end
end
