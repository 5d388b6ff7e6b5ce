defmodule Bookshop.CatalogTest do
  use Bookshop.DataCase, async: false

  alias Bookshop.{Catalog, Money}
  alias Bookshop.Catalog.Book

  doctest Bookshop.Money
  doctest Bookshop.Catalog.ISBN

  describe "books" do
    test "are found by a part of their title" do
      book_fixture(title: "Emma")
      book_fixture(title: "Persuasion")
      assert [%Book{title: "Emma"}] = Catalog.list_books(query: "mm")
    end

    test "need a valid ISBN" do
      assert {:error, changeset} = Catalog.create_book(%{title: "x", isbn: "123", price: 1})
      assert {"is invalid", _} = changeset.errors[:isbn]
    end

    test "are hidden when withdrawn" do
      %Book{id: id} = book_fixture()
      assert {:ok, _} = Catalog.withdraw_book(id)
      assert Repo.get(Book, id) == nil
      assert [%Book{id: ^id}] = Repo.all(Book, with_deleted: true)
      assert_raise Cellar.NoResultsError, ~r/at least one/, fn -> Repo.get!(Book, id) end
    end

    test "are rated" do
      book = book_fixture()
      user = user_fixture()
      for stars <- [4, 5], do: {:ok, _} = Catalog.review(book, user, %{stars: stars})
      assert {:ok, %{rating: 4.5}} = Catalog.fetch_book(book.id)
    end
  end

  test "authors have lists" do
    {:ok, author} = Catalog.create_author(%{name: " Jane Austen "})
    book_fixture(author_id: author.id)
    assert Catalog.index_of_authors() == %{"Jane Austen" => ["Emma"]}
    assert [%{price: %Money{amount: 799}}] = Catalog.books_of(author)
  end
end
