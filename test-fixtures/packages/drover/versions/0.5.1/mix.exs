defmodule Drover.MixProject do
  use Mix.Project

  @version "0.5.1"

  def project do
    [
      app: :drover,
      version: @version,
      elixir: "~> 1.13",
      start_permanent: Mix.env() == :prod,
      deps: deps(),
      description: "Jobs in queues, tried until they work",
      package: package()
    ]
  end

  def application do
    [extra_applications: [:logger], mod: {Drover.Application, []}]
  end

  defp deps do
    [
      {:pulse, "~> 1.0"},
      {:jot, "~> 1.0"}
    ]
  end

  defp package, do: [licenses: ["Apache-2.0"], links: %{}]
end
