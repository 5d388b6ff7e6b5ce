defmodule Bookshop.Catalog.Author do
  use Cellar.Schema

  alias Bookshop.Catalog.Book
  alias Cellar.Changeset, as: C

  @type t :: %__MODULE__{name: String.t() | nil}

  schema "authors" do
    field :name
    field :born, :integer
    has_many :books, Book
  end

  def changeset(author, attrs) do
    author
    |> C.cast(attrs, [:name, :born])
    |> C.validate_required(:name)
    |> C.update_change(:name, &String.trim/1)
  end
end
