defmodule BookshopWeb.Endpoint do
  use Harbor.Endpoint, otp_app: :bookshop

  alias Harbor.Plugs

  plug Plugs.RequestId
  plug Plugs.Logger, level: :debug
  plug Plugs.Parsers, parsers: [:urlencoded, :json]

  plug Plugs.Session,
    key: "_bookshop",
    secret: {Application, :get_env, [:bookshop, :secret, "only for development"]}

  plug BookshopWeb.Router
end
