defmodule Bookshop.ExchangeRates do
  @moduledoc "Rates from afar, kept for an hour."

  use GenServer

  alias Bookshop.Money
  alias Courier.Response

  @ttl :timer.hours(1)

  ## Client

  def start_link(opts \\ []) do
    {name, opts} = Keyword.pop(opts, :name, __MODULE__)
    GenServer.start_link(__MODULE__, opts, name: name)
  end

  @spec convert(GenServer.server(), Money.t(), Money.currency()) :: {:ok, Money.t()} | {:error, term()}
  def convert(server \\ __MODULE__, money, to) do
    with {:ok, rates} <- rates(server), do: Money.convert(money, to, rates)
  end

  def rates(server \\ __MODULE__), do: GenServer.call(server, :rates)
  def refresh(server \\ __MODULE__), do: GenServer.cast(server, :refresh)

  ## Server

  @impl GenServer
  def init(opts) do
    options = Keyword.merge(Application.get_env(:bookshop, :exchange_rates, []), opts)
    {:ok, %{client: Courier.new(options), rates: nil, at: nil}}
  end

  @impl GenServer
  def handle_call(:rates, _from, %{rates: nil} = state) do
    case fetch(state.client) do
      {:ok, rates} -> {:reply, {:ok, rates}, remember(state, rates)}
      {:error, _} = error -> {:reply, error, state}
    end
  end

  def handle_call(:rates, _from, %{rates: rates} = state), do: {:reply, {:ok, rates}, state}

  @impl GenServer
  def handle_cast(:refresh, state), do: {:noreply, %{state | rates: nil}}

  @impl GenServer
  def handle_info({:forget, at}, %{at: at} = state), do: {:noreply, %{state | rates: nil, at: nil}}
  def handle_info({:forget, _other}, state), do: {:noreply, state}

  defp remember(state, rates) do
    at = make_ref()
    Process.send_after(self(), {:forget, at}, @ttl)
    %{state | rates: rates, at: at}
  end

  defp fetch(client) do
    case Courier.get(client, url: "/latest", params: [base: "EUR"]) do
      {:ok, %Response{status: 200, body: %{"base" => base, "rates" => rates}}} ->
        {:ok, %{to_currency(base) => Map.new(rates, fn {to, rate} -> {to_currency(to), rate} end)}}

      {:ok, %Response{status: status}} ->
        {:error, {:status, status}}

      {:error, %Courier.TransportError{} = error} ->
        {:error, Exception.message(error)}

      {:error, error} ->
        {:error, error}
    end
  end

  defp to_currency(text), do: String.to_existing_atom(text)
end
