defmodule Bookshop.Workers.Receipt do
  use Drover.Worker, queue: :mail, max_attempts: 5

  alias Bookshop.{Mailer, Orders}

  @impl Drover.Worker
  def perform(%Job{args: %{"order" => id}}) do
    id
    |> Orders.get_order!()
    |> Mailer.receipt()
    |> Mailer.deliver()
  rescue
    Cellar.NoResultsError -> {:cancel, :no_such_order}
  end

  @impl Drover.Worker
  def backoff(%Job{attempt: attempt} = job) do
    if attempt > 3, do: super(job), else: Drover.Backoff.linear(attempt)
  end
end
