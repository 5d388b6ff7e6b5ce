defmodule Bookshop.Workers.StockReport do
  @moduledoc "Tells the clerks what runs out."
  use Drover.Worker

  alias Bookshop.{Accounts, Catalog, Mailer}
  alias Bookshop.Mailer.Mail

  @impl Worker
  def perform(%Job{args: args}) do
    text = args |> Map.get("below", 3) |> Catalog.running_out() |> Enum.map_join("\n", fn {title, stock} -> "#{stock} #{title}" end)

    Accounts.clerks()
    |> Task.async_stream(fn %{email: email} -> Mailer.deliver(%Mail{to: email, subject: "Running out", text: text}) end)
    |> Enum.reject(&match?({:ok, :ok}, &1))
    |> case do
      [] -> :ok
      failed -> {:error, failed}
    end
  end
end
