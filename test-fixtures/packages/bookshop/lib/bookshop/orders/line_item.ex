defmodule Bookshop.Orders.LineItem do
  @moduledoc false
  use Cellar.Schema

  @derive {Jot.Encoder, only: [:quantity, :price, :book_id]}
  schema "line_items" do
    field :quantity, :integer, default: 1
    field :price, Bookshop.Money
    belongs_to :order, Bookshop.Orders.Order
    belongs_to :book, Bookshop.Catalog.Book
  end
end
