import Config

config :bookshop, BookshopWeb.Endpoint, server: false
config :bookshop, mailer: Bookshop.Mailer.Memory
config :logger, level: :warning
