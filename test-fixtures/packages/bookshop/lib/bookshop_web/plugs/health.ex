defmodule BookshopWeb.Plugs.Health do
  use BookshopWeb, :plug
  alias Bookshop.{Catalog, Repo}

  @checks [
    repo: {Repo, :exists?, [Catalog.Book]},
    jobs: {Drover, :count, [Bookshop.Jobs, :executing]}
  ]

  def init(opts), do: opts

  def call(conn, _opts) do
    results = for {name, {module, function, args}} <- @checks, do: {name, alive?(module, function, args)}
    status = if Enum.all?(results, fn {_, alive?} -> alive? end), do: 200, else: 500

    conn
    |> put_resp_content_type("application/json")
    |> send_resp(status, results |> Map.new() |> Jot.encode_to_iodata!())
  end

  defp alive?(module, function, args) do
    _ = apply(module, function, args)
    true
  rescue
    _ -> false
  catch
    :exit, _ -> false
  end
end
