defprotocol Shop.Price do
  @fallback_to_any true
  @spec of(t) :: integer
  def of(item)
end

defimpl Shop.Price, for: [Integer, Float] do
  def of(number), do: round(number)
end

defmodule Shop.Gift do
  @derive {Inspect, only: [:name]}
  @derive Shop.Price
  @enforce_keys [:name]
  defstruct [:name, price: 0]

  defimpl Shop.Price do
    def of(%Shop.Gift{price: price}), do: price
  end

  defimpl String.Chars, for: Shop.Gift do
    alias Shop.Gift
    def to_string(%Gift{} = gift), do: "#{gift.name} for #{Shop.Price.of(gift)}"
  end
end

defmodule Shop.OutOfStock do
  defexception [:item, message: "sold out"]

  def raise_it(item), do: raise(__MODULE__, item: item)
  def rescue_it(fun) do
    fun.()
  rescue
    e in [Shop.OutOfStock, ArgumentError] -> Exception.message(e)
  end
end

defmodule Shop.Facade do
  defdelegate of(item), to: Shop.Price
  defdelegate give(name, price \\ 0), to: Shop.Gift, as: :new
end
