defmodule Bookshop.Application do
  @moduledoc false

  use Application

  alias Bookshop.Workers

  @impl true
  def start(_type, _args) do
    Bookshop.Telemetry.attach()

    children = [
      Bookshop.Repo,
      {Drover, name: Bookshop.Jobs, queues: [default: 5, mail: 2], plugins: plugins()},
      {Bookshop.ExchangeRates, []},
      Bookshop.Mailer.Memory,
      BookshopWeb.Endpoint
    ]

    opts = [strategy: :one_for_one, name: Bookshop.Supervisor]
    Supervisor.start_link(children, opts)
  end

  defp plugins do
    [
      {Drover.Plugins.Pruner, max_age: 3_600},
      {Drover.Plugins.Cron,
       crontab: [
         {"0 * * * *", Workers.PriceSync},
         {"0 6 * * mon", Workers.StockReport, args: %{below: 3}}
       ]}
    ]
  end
end
