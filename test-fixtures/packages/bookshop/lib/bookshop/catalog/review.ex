defmodule Bookshop.Catalog.Review do
  use Cellar.Schema
  import Cellar.Changeset, except: [validate_format: 3, validate_format: 4]
  alias Bookshop.{Accounts, Catalog}

  @stars 1..5

  schema "reviews" do
    field :stars, :integer
    field :text, :string
    belongs_to :book, Catalog.Book
    belongs_to :user, Accounts.User
    timestamps type: :utc_datetime
  end

  def changeset(%__MODULE__{} = review, attrs) do
    review
    |> cast(attrs, [:stars, :text, :book_id, :user_id])
    |> validate_required([:stars, :book_id])
    |> validate_inclusion(:stars, @stars)
    |> validate_length(:text, max: 2_000)
  end
end
