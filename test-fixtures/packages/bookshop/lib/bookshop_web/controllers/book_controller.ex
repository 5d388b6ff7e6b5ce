defmodule BookshopWeb.BookController do
  use BookshopWeb, :controller

  alias Bookshop.Catalog
  alias Bookshop.Catalog.Book

  action_fallback BookshopWeb.FallbackController

  plug :require_clerk, [] when method in ["PUT", "DELETE"]
  plug :assign_formats

  def index(conn, params) do
    books = Catalog.list_books(query: params["q"] || "", page: page(params))
    render(conn, :index, books: books)
  end

  def show(conn, %{"id" => id}) do
    with {:ok, %Book{} = book} <- Catalog.fetch_book(id) do
      render(conn, :show, book: book, page_title: book.title)
    end
  end

  def new(conn, _params), do: render(conn, :new, changeset: Catalog.change_book())

  def create(conn, %{"book" => attrs}) do
    case Catalog.create_book(attrs) do
      {:ok, book} ->
        conn
        |> put_flash(:info, "#{book.title} is in the catalogue.")
        |> redirect(to: ~p"/books/#{book}")

      {:error, %Cellar.Changeset{} = changeset} ->
        conn |> put_status(:unprocessable_entity) |> render(:new, changeset: changeset)
    end
  end

  def edit(conn, %{"id" => id}) do
    changeset = id |> Catalog.get_book!() |> Catalog.change_book()
    render(conn, :new, changeset: changeset)
  end

  def update(conn, %{"id" => id, "book" => attrs}) do
    with book = Catalog.get_book!(id),
         {:ok, book} <- Catalog.update_book(book, attrs) do
      redirect(conn, to: Routes.book_path(conn, :show, book))
    end
  end

  def delete(conn, %{"id" => id}) do
    {:ok, _book} = Catalog.withdraw_book(id)
    redirect(conn, to: Routes.book_path(conn, :index))
  end

  defp assign_formats(conn, _opts), do: assign(conn, :formats, Book.formats())

  defp page(%{"page" => page}) do
    case Integer.parse(page) do
      {number, _rest} when number > 0 -> number
      _ -> 1
    end
  end

  defp page(_params), do: 1
end
