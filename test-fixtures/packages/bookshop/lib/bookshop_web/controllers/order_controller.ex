defmodule BookshopWeb.OrderController do
  use BookshopWeb, :controller

  alias Bookshop.{Catalog, Orders}

  action_fallback(BookshopWeb.FallbackController)
  plug(:require_user)

  # Every action gets the user as well.
  def action(conn, action) do
    args = [conn, conn.params, conn.assigns.current_user]
    apply(__MODULE__, action, args)
  end

  def index(conn, _params, user), do: json(conn, %{data: Orders.list_orders(user)})

  def create(conn, %{"books" => ids}, user) do
    cart =
      for id <- ids, {:ok, book} <- [Catalog.fetch_book(id)], into: Orders.Cart.new() do
        book
      end

    with {:ok, order} <- Orders.place(cart, user) do
      conn |> put_status(:created) |> json(%{data: order})
    end
  end
end
