defmodule Bookshop.Accounts.User do
  use Cellar.Schema
  import Cellar.Changeset

  @type t() :: %__MODULE__{id: pos_integer() | nil, email: String.t() | nil, role: :reader | :clerk}

  defmodule Address do
    @moduledoc false
    use Cellar.Schema

    @primary_key false
    embedded_schema do
      field :street
      field :city
      field :country, :string, default: "NL"
    end

    @type t :: %Address{street: String.t() | nil, city: String.t() | nil, country: String.t()}
  end

  @derive {Jot.Encoder, except: [:__meta__, :password, :password_hash, :orders, :address]}
  schema "users" do
    field :email, :string
    field :name, :string
    field :role, :enum, values: [:reader, :clerk], default: :reader
    field :password, :string, virtual: true
    field :password_hash, :string
    field :address, :map
    has_many :orders, Bookshop.Orders.Order
    timestamps()
  end

  @mail ~r/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i

  def registration_changeset(user \\ %__MODULE__{address: %Address{}}, attrs) do
    user
    |> cast(attrs, [:email, :name, :password])
    |> validate_required([:email, :password])
    |> update_change(:email, &String.downcase/1)
    |> validate_format(:email, @mail, message: "does not look like an address")
    |> validate_length(:password, min: 8)
    |> validate_confirmation(:password)
    |> unique_constraint(:email)
    |> put_hash()
  end

  def address(%__MODULE__{address: nil}), do: %Address{}
  def address(%__MODULE__{address: %Address{} = address}), do: address
  def address(%__MODULE__{address: map}), do: struct(__MODULE__.Address, map)

  defp put_hash(changeset) do
    alias Bookshop.Accounts.Password

    case changeset do
      %{valid?: true, changes: %{password: password}} -> put_change(changeset, :password_hash, Password.hash(password))
      _ -> changeset
    end
  end
end
