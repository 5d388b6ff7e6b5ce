defmodule Drover.Testing do
  @moduledoc """
  For tests.

      use Drover.Testing, name: Shop.Jobs

      assert_enqueued Shop.Receipt, %{"order" => 1}
  """

  alias Drover.{Executor, Job}

  defmacro __using__(opts) do
    name = Keyword.get(opts, :name, Drover)

    quote do
      import Drover.Testing, only: [perform_job: 2, assert_enqueued: 1, assert_enqueued: 2]

      def all_enqueued(worker), do: Drover.Testing.all_enqueued(unquote(name), worker)
    end
  end

  @doc "Asserts that a job of the worker waits, with arguments that match."
  defmacro assert_enqueued(worker, args \\ Macro.escape(%{})) do
    quote do
      jobs = all_enqueued(unquote(worker))

      unless Enum.any?(jobs, &match?(unquote(args), &1.args)) do
        raise ExUnit.AssertionError,
          message: "expected a job of #{inspect(unquote(worker))} with #{unquote(Macro.to_string(args))}",
          left: unquote(Macro.escape(args)),
          right: Enum.map(jobs, & &1.args)
      end
    end
  end

  @spec perform_job(module(), map()) :: Drover.Worker.result()
  def perform_job(worker, args) do
    {%Job{}, result} = worker |> Job.new(args) |> Map.put(:attempt, 1) |> Executor.run()
    result
  end

  def all_enqueued(name, worker) do
    %{storage: {storage, _}} = Drover.Registry.config(name)
    server = Drover.Registry.via(name, :storage)
    wanted = inspect(worker)

    for state <- [:available, :scheduled], %Job{worker: ^wanted} = job <- storage.list(server, state), do: job
  end
end
