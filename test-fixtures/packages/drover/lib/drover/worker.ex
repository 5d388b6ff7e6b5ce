defmodule Drover.Worker do
  @moduledoc """
  The behaviour of what works on jobs.

      defmodule Shop.Receipt do
        use Drover.Worker, queue: :mail

        @impl Drover.Worker
        def perform(%Drover.Job{args: args}), do: ...
      end
  """

  alias Drover.Job

  @type result :: :ok | {:ok, term()} | {:error, term()} | {:cancel, term()} | {:snooze, pos_integer()}

  @callback new(args :: map(), opts :: keyword()) :: Job.t()
  @callback perform(Job.t()) :: result()
  @callback backoff(Job.t()) :: pos_integer()
  @callback timeout(Job.t()) :: timeout()

  @clauses [:queue, :max_attempts, :priority, :tags]

  @doc false
  defmacro __using__(opts) do
    quote location: :keep do
      @behaviour Drover.Worker
      @before_compile Drover.Worker

      alias Drover.{Job, Worker}

      @drover_opts Worker.__validate__!(unquote(opts))

      @impl Worker
      def new(args, opts \\ []), do: Job.new(__MODULE__, args, Keyword.merge(@drover_opts, opts))

      @impl Worker
      def backoff(%Job{} = job), do: Worker.backoff(job)

      @impl Worker
      def timeout(%Job{}), do: :infinity

      defoverridable new: 2, backoff: 1, timeout: 1
    end
  end

  defmacro __before_compile__(env) do
    unless Module.defines?(env.module, {:perform, 1}, :def) do
      raise CompileError,
        description: "#{inspect(env.module)} uses Drover.Worker but has no perform/1",
        file: env.file,
        line: env.line
    end

    quote do
      def __drover__(:opts), do: @drover_opts
    end
  end

  @doc false
  def __validate__!(opts) do
    case Keyword.keys(opts) -- @clauses do
      [] -> opts
      unknown -> raise ArgumentError, "unknown options of a worker: #{Enum.map_join(unknown, ", ", &inspect/1)}"
    end
  end

  @doc "Seconds until the next attempt: grows, with a jitter."
  @spec backoff(Job.t()) :: pos_integer()
  def backoff(%Job{attempt: attempt}), do: attempt |> Drover.Backoff.exponential(max: 3_600) |> Drover.Backoff.jitter()

  @spec module!(Job.t()) :: module()
  def module!(%Job{worker: worker}) do
    module = Module.safe_concat([worker])
    {:module, ^module} = Code.ensure_loaded(module)
    module
  rescue
    error in [ArgumentError, MatchError] ->
      reraise RuntimeError, [message: "no worker #{worker}: #{Exception.message(error)}"], __STACKTRACE__
  end
end
