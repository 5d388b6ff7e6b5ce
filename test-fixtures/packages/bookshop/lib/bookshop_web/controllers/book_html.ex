defmodule BookshopWeb.BookHTML do
  use BookshopWeb, :html

  alias Bookshop.Catalog.Book

  embed_templates "book_html/*"

  attr :book, Book, required: true

  def card(assigns) do
    ~H"""
    <article id={"book-#{@book.id}"}>
      <h2>{@book.title}</h2>
      <.price price={@book.price} />
      <p :if={author(@book)}>by {author(@book)}</p>
      {render_slot(@inner_block)}
    </article>
    """
  end

  defp author(%Book{author: %Bookshop.Catalog.Author{name: name}}), do: name
  defp author(%Book{}), do: nil

  defp in_dollars(%Book{price: %Money{} = price}) do
    case Bookshop.ExchangeRates.convert(price, :USD) do
      {:ok, money} -> "(#{money})"
      {:error, _} -> ""
    end
  end
end
