defmodule Bookshop.DataCase do
  @moduledoc false

  use ExUnit.CaseTemplate

  alias Bookshop.{Accounts, Catalog}

  using do
    quote do
      import Bookshop.DataCase
      alias Bookshop.Repo
    end
  end

  setup do
    for schema <- [Catalog.Book, Catalog.Author, Catalog.Review, Accounts.User, Bookshop.Orders.Order],
        struct <- Bookshop.Repo.all(schema, with_deleted: true),
        do: Bookshop.Repo.delete(struct)

    Bookshop.Mailer.Memory.clear()
    :ok
  end

  @isbns ["9780141439587", "9780141439518", "9780141439600", "9780141439662"]

  def book_fixture(attrs \\ %{}) do
    isbn = Enum.find(@isbns, &(Catalog.get_book_by_isbn(&1) == nil))
    {:ok, book} = %{title: "Emma", isbn: isbn, price: 799, stock: 2} |> Map.merge(Map.new(attrs)) |> Catalog.create_book()
    book
  end

  def user_fixture(email \\ "ada@example.com") do
    password = "correct horse"
    {:ok, user} = Accounts.register_user(%{email: email, name: "Ada", password: password, password_confirmation: password})
    user
  end
end
