# Books to begin with: mix run priv/repo/seeds.exs

alias Bookshop.{Accounts, Catalog}

{:ok, austen} = Catalog.create_author(%{name: "Jane Austen", born: 1775})

[
  {"Emma", "978-0-14-143958-7", 7_99},
  {"Persuasion", "978-0-14-143968-6", 6_99}
]
|> Enum.each(fn {title, isbn, price} ->
  {:ok, _} = Catalog.create_book(%{title: title, isbn: isbn, price: price, stock: 5, author_id: austen.id})
end)

{:ok, user} = Accounts.register_user(%{email: "clerk@example.com", password: "long enough", password_confirmation: "long enough"})
{:ok, _clerk} = Accounts.promote(user)
