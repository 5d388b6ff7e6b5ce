defmodule Bookshop.Catalog do
  @moduledoc """
  What can be bought.
  """

  import Cellar.Query

  alias Bookshop.Repo
  alias Cellar.Changeset
  alias __MODULE__.{Author, Book, Review}

  @type filter :: {:query, String.t()} | {:format, atom()} | {:max_price, integer()} | {:page, pos_integer()}

  @page_size 20

  @doc """
  Lists books by title.

  ## Options

    * `:query` - part of the title
    * `:format` - `t:atom/0`
    * `:page` - from 1
  """
  @spec list_books([filter()]) :: [Book.t()]
  def list_books(opts \\ []) do
    {page, filters} = Keyword.pop(opts, :page, 1)
    offset = (page - 1) * @page_size

    filters
    |> Enum.reduce(Book, &filter/2)
    |> order_by([b], asc: b.title)
    |> limit(^@page_size)
    |> offset(^offset)
    |> preload(:author)
    |> Repo.all()
  end

  defp filter({:query, ""}, query), do: query
  defp filter({:query, text}, query), do: where(query, [b], ilike(b.title, ^"%#{text}%"))
  defp filter({:format, format}, query), do: where(query, [b], b.format == ^to_string(format))
  defp filter({_other, nil}, query), do: query

  def get_book!(id), do: Repo.get!(Book, id)

  @spec fetch_book(term()) :: {:ok, Book.t()} | {:error, :not_found}
  def fetch_book(id) do
    with {:ok, book} <- Repo.fetch(Book, id) do
      book = Repo.preload(book, [:author, reviews: :user])
      {:ok, %Book{book | rating: average(book.reviews)}}
    end
  end

  def get_book_by_isbn(isbn) do
    Repo.get_by(Book, isbn: isbn)
  end

  @spec create_book(map()) :: Cellar.Repo.result()
  def create_book(attrs) do
    attrs |> Book.changeset() |> Repo.insert() |> tap(&announce(&1, :created))
  end

  def update_book(%Book{} = book, attrs) do
    book
    |> Book.changeset(attrs)
    |> Repo.update()
    |> tap(&announce(&1, :updated))
  end

  @doc "Books don't go away, for the sake of orders."
  def withdraw_book(id) do
    id
    |> get_book!()
    |> Book.withdraw_changeset()
    |> Repo.update()
  end

  def create_author(attrs), do: %Author{} |> Author.changeset(attrs) |> Repo.insert()

  def books_of(%Author{id: id}) do
    Repo.all(from b in Book, where: b.author_id == ^id, order_by: [desc: b.published_on, asc: b.title])
  end

  @doc "Pairs of authors' names and titles, for the printed list."
  def index_of_authors do
    query =
      from(a in Author,
        join: b in Book,
        on: b.author_id == a.id and not is_nil(b.title),
        order_by: [asc: a.name],
        select: {a.name, b.title}
      )

    query |> Repo.all() |> Enum.group_by(&elem(&1, 0), &elem(&1, 1))
  end

  @spec running_out(non_neg_integer()) :: [{String.t(), non_neg_integer()}]
  def running_out(below \\ 3) do
    Repo.all(from(b in Book, where: b.stock < ^below and b.format != "ebook", select: {b.title, b.stock}))
  end

  def review(%Book{} = book, user, attrs) do
    book
    |> Cellar.build_assoc(:reviews, user_id: user && user.id)
    |> Review.changeset(attrs)
    |> Repo.insert()
  end

  def change_book(book \\ %Book{price: nil}), do: Changeset.change(book)

  defp average([]), do: nil
  defp average(reviews), do: (reviews |> Enum.map(& &1.stars) |> Enum.sum()) / length(reviews)

  defp announce({:ok, %Book{} = book}, what) do
    :pulse.execute([:bookshop, :book, what], %{count: 1}, %{book: book})
  end

  defp announce({:error, _changeset}, _what), do: :ok
end
