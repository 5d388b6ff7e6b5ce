defmodule Bookshop.Workers.PriceSync do
  use Drover.Worker, max_attempts: 3

  alias Bookshop.ExchangeRates, as: Rates

  @impl true
  def perform(_job) do
    Rates.refresh()

    case Rates.rates() do
      {:ok, %{} = _rates} -> :ok
      {:error, _reason} -> {:snooze, 60}
    end
  end

  @impl true
  def timeout(_job), do: :timer.seconds(30)
end
