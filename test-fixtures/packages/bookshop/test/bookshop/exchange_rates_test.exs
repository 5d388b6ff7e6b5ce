defmodule Bookshop.ExchangeRatesTest do
  use ExUnit.Case, async: true

  alias Bookshop.{ExchangeRates, Money}
  alias Courier.Adapters.Stub

  test "converts, and asks once" do
    {:ok, stub} = Stub.start_link([{:get, "/latest", 200, ~S({"base": "EUR", "rates": {"USD": 1.1}})}])
    rates = start_supervised!({ExchangeRates, name: :rates_under_test, adapter: {Stub, pid: stub}})

    assert {:ok, %Money{amount: 110, currency: :USD}} = ExchangeRates.convert(rates, Money.new(100), :USD)
    assert {:error, {:no_rate, :EUR, :GBP}} = ExchangeRates.convert(rates, Money.new(100), :GBP)
    assert [%Courier.Request{method: :get}] = Stub.requests(stub)
  end
end
