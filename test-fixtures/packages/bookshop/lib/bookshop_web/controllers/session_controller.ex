defmodule BookshopWeb.SessionController do
  use BookshopWeb, :controller

  def create(conn, %{"email" => email, "password" => password}) do
    case Bookshop.Accounts.authenticate(email, password) do
      {:ok, user} -> conn |> put_session(:user_id, user.id) |> redirect(to: "/")
      {:error, :unauthorized} -> conn |> put_status(401) |> text("No.")
    end
  end

  def delete(conn, _), do: conn |> delete_session(:user_id) |> redirect(to: "/")
end
