defmodule Bookshop.Catalog.Book do
  use Cellar.Schema

  import Cellar.Changeset

  alias Bookshop.Catalog.{Author, ISBN, Review}
  alias Bookshop.Money

  @type t :: %__MODULE__{}

  @formats [:hardcover, :paperback, :ebook]

  @derive {Jot.Encoder, only: [:id, :title, :isbn, :price, :format]}
  @derive {Harbor.Param, key: :id}
  schema "books" do
    field :title, :string
    field :isbn, ISBN
    field :price, Money
    field :stock, :integer, default: 0
    field :format, :enum, values: @formats, default: :paperback
    field :published_on, :date
    field :tags, {:array, :string}, default: []
    field :deleted_at, :utc_datetime
    field :rating, :float, virtual: true

    belongs_to :author, Author
    has_many :reviews, Review

    timestamps()
  end

  @required [:title, :isbn, :price]
  @optional ~w(stock format published_on tags author_id)a

  @doc "What a clerk may change."
  @spec changeset(t() | Cellar.Changeset.t(), map()) :: Cellar.Changeset.t()
  def changeset(book \\ %__MODULE__{}, attrs) do
    book
    |> cast(attrs, @required ++ @optional)
    |> validate_required(@required)
    |> validate_length(:title, min: 1, max: 200)
    |> validate_number(:stock, at_least: 0)
    |> validate_change(:price, &positive/2)
    |> unique_constraint(:isbn, message: "is in the catalogue already")
  end

  def withdraw_changeset(%__MODULE__{} = book), do: change(book, deleted_at: DateTime.utc_now() |> DateTime.truncate(:second))

  def stock_changeset(book, by) when is_integer(by) do
    book
    |> change()
    |> put_change(:stock, book.stock + by)
    |> validate_number(:stock, at_least: 0)
  end

  def formats, do: @formats

  defp positive(field, %Money{amount: amount}) when amount <= 0, do: [{field, "must cost something"}]
  defp positive(_field, _money), do: []
end
