defmodule BookshopWeb.BookJSON do
  alias Bookshop.Catalog.Book

  import Jot.Helpers, only: :macros

  def index(%{books: books}), do: %{data: for(book <- books, do: summary(book))}
  def show(%{book: book}), do: %{data: book}

  defp summary(%Book{} = book) do
    json_map(id: book.id, title: book.title, price: book.price)
  end
end
