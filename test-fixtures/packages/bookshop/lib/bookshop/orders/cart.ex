defmodule Bookshop.Orders.Cart do
  @moduledoc """
  What somebody wants, before it is an order.
  """

  import Kernel, except: [+: 2, *: 2]
  import Bookshop.Money, only: [+: 2, *: 2]

  alias Bookshop.Catalog.Book
  alias Bookshop.Money

  defstruct lines: %{}

  @opaque t :: %__MODULE__{lines: %{optional(pos_integer()) => {Book.t(), pos_integer()}}}

  @spec new() :: t
  def new, do: %__MODULE__{}

  @spec add(t, Book.t(), pos_integer()) :: t
  def add(cart, book, quantity \\ 1)

  def add(%__MODULE__{lines: lines}, %Book{id: id} = book, quantity) when quantity > 0 do
    lines =
      Map.update(lines, id, {book, quantity}, fn {_, before} -> {book, Kernel.+(before, quantity)} end)

    %__MODULE__{lines: lines}
  end

  def remove(%__MODULE__{} = cart, id), do: update_in(cart.lines, &Map.delete(&1, id))

  @spec total(t) :: Money.t()
  def total(%__MODULE__{lines: lines}) do
    for {_id, {%Book{price: price}, quantity}} <- lines, reduce: Money.zero() do
      sum -> sum + price * quantity
    end
  end

  def empty?(%{lines: lines}), do: lines == %{}

  defimpl Enumerable do
    def count(%{lines: lines}), do: {:ok, map_size(lines)}
    def member?(_cart, _element), do: {:error, __MODULE__}
    def slice(_cart), do: {:error, __MODULE__}
    def reduce(%{lines: lines}, acc, fun), do: lines |> Map.values() |> Enumerable.List.reduce(acc, fun)
  end

  defimpl Collectable do
    def into(cart) do
      {cart,
       fn
         cart, {:cont, %Book{} = book} -> @for.add(cart, book)
         cart, :done -> cart
         _cart, :halt -> :ok
       end}
    end
  end
end
