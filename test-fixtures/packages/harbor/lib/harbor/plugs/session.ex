defmodule Harbor.Plugs.Session do
  @moduledoc """
  A session in a signed cookie.

      plug Harbor.Plugs.Session, key: "_shop", secret: {Shop.Secrets, :fetch!, [:session]}
  """

  @behaviour Harbor.Plug

  alias Harbor.{Conn, Token}

  @cookie_attributes "; path=/; HttpOnly; SameSite=Lax"

  @impl true
  def init(opts) do
    %{key: Keyword.fetch!(opts, :key), secret: Keyword.fetch!(opts, :secret), max_age: opts[:max_age] || 86_400 * 14}
  end

  @impl true
  def call(conn, %{key: key, max_age: max_age} = config) do
    secret = secret(config)

    session =
      with {:ok, cookie} <- Map.fetch(cookies(conn), key),
           {:ok, %{} = session} <- Token.verify(cookie, secret, max_age: max_age) do
        session
      else
        _ -> %{}
      end

    conn
    |> Conn.put_private(:session, session)
    |> Conn.register_before_send(&write(&1, session, key, secret))
  end

  defp write(%Conn{private: %{session: same}} = conn, same, _key, _secret), do: conn

  defp write(%Conn{private: %{session: session}} = conn, _old, key, secret) do
    Conn.put_resp_header(conn, "set-cookie", key <> "=" <> Token.sign(session, secret) <> @cookie_attributes)
  end

  defp secret(%{secret: {module, function, args}}), do: apply(module, function, args)
  defp secret(%{secret: secret}) when is_binary(secret), do: secret

  defp cookies(conn) do
    for header <- Conn.get_req_header(conn, "cookie"),
        pair <- :binary.split(header, ["; ", ";"], [:global]),
        [name, value] <- [String.split(pair, "=", parts: 2)],
        into: %{},
        do: {name, value}
  end
end
