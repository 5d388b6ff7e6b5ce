defmodule BookshopWeb.Plugs.CurrentUser do
  @moduledoc "Who is it?"

  use BookshopWeb, :plug

  alias Bookshop.Accounts

  @impl Harbor.Plug
  def init(opts), do: Keyword.get(opts, :session, true)

  @impl Harbor.Plug
  def call(conn, true = _session?) do
    user = conn |> get_session(:user_id) |> Accounts.get_user()
    assign(conn, :current_user, user)
  end

  def call(conn, false) do
    with ["Basic " <> encoded] <- get_req_header(conn, "authorization"),
         {:ok, decoded} <- Base.decode64(encoded),
         [email, password] <- String.split(decoded, ":", parts: 2),
         {:ok, user} <- Accounts.authenticate(email, password) do
      assign(conn, :current_user, user)
    else
      _ -> assign(conn, :current_user, nil)
    end
  end

  @doc "A plug of controllers: nobody but users."
  def require_user(%{assigns: %{current_user: %Accounts.User{}}} = conn, _opts), do: conn
  def require_user(conn, _opts), do: refuse(conn, :unauthorized)

  def require_clerk(%{assigns: assigns} = conn, _opts) do
    if Accounts.clerk?(assigns.current_user), do: conn, else: refuse(conn, :forbidden)
  end

  defp refuse(conn, status), do: conn |> send_resp(status, "You may not do that.") |> halt()
end
