defmodule BookshopWeb.ReviewController do
  use BookshopWeb, :controller
  alias Bookshop.{Catalog, Catalog.Review}

  action_fallback BookshopWeb.FallbackController
  plug :require_user

  def create(conn, %{"book_id" => id} = params) do
    book = Catalog.get_book!(id)

    with {:ok, %Review{}} <- Catalog.review(book, conn.assigns.current_user, params["review"]) do
      conn |> put_flash(:info, "Thank you!") |> redirect(to: ~p"/books/#{book}")
    end
  end
end
