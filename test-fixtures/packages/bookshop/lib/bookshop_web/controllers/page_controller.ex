defmodule BookshopWeb.PageController do
  use BookshopWeb, :controller

  def home(conn, _params) do
    render(conn, :home, books: Bookshop.list_books() |> Enum.take(3))
  end

  def about(conn, _params), do: text(conn, "We sell books.")
end
