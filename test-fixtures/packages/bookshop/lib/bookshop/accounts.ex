defmodule Bookshop.Accounts do
  @moduledoc "Readers and clerks."

  alias Bookshop.Repo, as: R
  alias Bookshop.Accounts.{Password, User}

  import Cellar.Query, only: [from: 2]

  @spec register_user(map()) :: {:ok, User.t()} | {:error, Cellar.Changeset.t()}
  def register_user(attrs) do
    attrs
    |> User.registration_changeset()
    |> R.insert()
  end

  def get_user!(id), do: R.get!(User, id)

  def get_user(nil), do: nil
  def get_user(id), do: R.get(User, id)

  @doc "Takes as long when there is no such user."
  @spec authenticate(String.t(), String.t()) :: {:ok, User.t()} | {:error, :unauthorized}
  def authenticate(email, password) when is_binary(email) and is_binary(password) do
    user = R.get_by(User, email: String.downcase(email))

    cond do
      user && Password.verify?(password, user.password_hash) -> {:ok, user}
      user -> {:error, :unauthorized}
      true -> Password.waste_time() || {:error, :unauthorized}
    end
  end

  def authenticate(_, _), do: {:error, :unauthorized}

  def promote(%User{role: :reader} = user), do: user |> Cellar.Changeset.change(role: :clerk) |> R.update()
  def promote(%User{} = user), do: {:ok, user}

  def clerks, do: R.all(from u in User, where: u.role == "clerk")

  def clerk?(%{role: role}), do: role == :clerk
  def clerk?(nil), do: false
end
