import Config

config :bookshop, Bookshop.Repo, unique: [{"users", :email}, {"books", :isbn}]

config :bookshop, BookshopWeb.Endpoint,
  url: [host: "localhost"],
  port: 4000,
  server: true

config :bookshop,
  mailer: Bookshop.Mailer.Log,
  exchange_rates: [base_url: "https://rates.example.com", retry: :transient]

config :logger, :console,
  format: "$time $metadata[$level] $message\n",
  metadata: [:request_id]

if config_env() == :test, do: import_config("test.exs")
