defmodule BookshopWeb.BookControllerTest do
  use Bookshop.DataCase
  use Harbor.ConnTest, endpoint: BookshopWeb.Endpoint

  test "GET /" do
    book_fixture()
    html = build_conn() |> get("/") |> html_response(200)
    assert html =~ "Welcome to Bookshop"
    assert html =~ ~S(<span class="price">€7.99</span>)
  end

  test "shows a book" do
    book = book_fixture(title: "Sense & Sensibility")
    conn = get(build_conn(), "/books/#{book.id}")
    assert html_response(conn, 200) =~ "Sense &amp; Sensibility"
  end

  test "creates a book, or says why not" do
    conn = post(build_conn(), "/books", %{book: %{title: "", isbn: "9780141439587", price: "1"}})
    assert html_response(conn, 422) =~ "can&#39;t be blank"

    conn = post(build_conn(), "/books", %{book: %{title: "Emma", isbn: "9780141439587", price: "7.99"}})
    assert "/books/" <> _ = path = redirected_to(conn)
    assert conn |> recycle() |> get(path) |> html_response(200) =~ "Emma is in the catalogue."
  end

  test "answers in JSON" do
    %{id: id} = book_fixture()

    assert %{"data" => [%{"id" => ^id, "price" => %{"amount" => 799}}]} =
             build_conn() |> get("/api/books") |> json_response(200)

    assert get(build_conn(), "/api/books/0").status == 404
  end

  test "orders need a user" do
    assert %{status: 401, halted: true} = get(build_conn(), "/api/orders")
    user = user_fixture()
    book = book_fixture()
    conn = %{build_conn() | req_headers: [{"authorization", "Basic " <> Base.encode64(user.email <> ":correct horse")}]}
    assert %{"data" => %{"total" => %{"amount" => 799}}} = conn |> post("/api/orders", %{books: [book.id]}) |> json_response(201)
    assert %{"data" => [_]} = conn |> get("/api/orders") |> json_response(200)
  end

  test "is healthy" do
    assert json_response(get(build_conn(), "/health"), 200) == %{"repo" => true, "jobs" => true}
  end
end
