defmodule Bookshop do
  @moduledoc """
  The shop's front door: contexts do the work.

  The contexts keep the business, `BookshopWeb` shows it.
  """

  alias Bookshop.{Accounts, Catalog, Orders}
  alias Bookshop.Catalog.Book

  @doc "The title of the shop."
  @spec title() :: String.t()
  def title, do: Application.get_env(:bookshop, :title, "Bookshop")

  defdelegate fetch_book(id), to: Catalog
  defdelegate list_books(opts \\ []), to: Catalog
  defdelegate register(attrs), to: Accounts, as: :register_user

  @doc "Buys one book at once."
  @spec buy(Accounts.User.t(), Book.t() | pos_integer()) :: {:ok, Orders.Order.t()} | {:error, term()}
  def buy(user, %Book{} = book) do
    Orders.Cart.new()
    |> Orders.Cart.add(book)
    |> Orders.place(user)
  end

  def buy(user, id) when is_integer(id) do
    with {:ok, book} <- Catalog.fetch_book(id), do: buy(user, book)
  end
end
