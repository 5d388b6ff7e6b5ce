defmodule Drover do
  @moduledoc """
  Jobs in queues.

  A supervisor of yours starts it; several may run under different names.
  """

  use Supervisor

  alias Drover.{Config, Job, Queue}
  alias Drover.Registry, as: Names

  @type name :: atom()

  @spec start_link(keyword()) :: Supervisor.on_start()
  def start_link(opts) do
    %Config{name: name} = config = Config.new(opts)
    Supervisor.start_link(__MODULE__, config, name: Names.via(name, nil))
  end

  @doc false
  def child_spec(opts) do
    opts
    |> super()
    |> Supervisor.child_spec(id: Keyword.get(opts, :name, __MODULE__))
  end

  @impl Supervisor
  def init(%Config{name: name, storage: {storage, storage_opts}} = config) do
    queues = for {queue, limit} <- config.queues, do: {Queue, config: config, queue: queue, limit: limit}

    plugins =
      for plugin <- config.plugins do
        {module, opts} = if is_tuple(plugin), do: plugin, else: {plugin, []}
        Supervisor.child_spec({module, [{:config, config} | opts]}, id: module)
      end

    children =
      [
        {storage, Keyword.put(storage_opts, :name, Names.via(name, :storage))},
        {Task.Supervisor, name: Names.via(name, :tasks)}
      ] ++ queues ++ plugins

    :ok = Names.put_config(name, config)
    Supervisor.init(children, strategy: :rest_for_one, max_restarts: 10)
  end

  @doc "Puts a job where its queue will find it."
  @spec insert(name(), Job.t()) :: {:ok, Job.t()} | {:error, term()}
  def insert(name \\ __MODULE__, job)

  def insert(name, %Job{} = job) do
    %Config{storage: {storage, _}} = Names.config(name)

    with {:ok, job} <- storage.insert(Names.via(name, :storage), job) do
      :pulse.execute([:drover, :job, :inserted], %{count: 1}, %{job: job, name: name})
      unless Job.scheduled?(job), do: Queue.nudge(name, job.queue)
      {:ok, job}
    end
  end

  @doc "Inserts, or raises."
  def insert!(name \\ __MODULE__, job) do
    case insert(name, job) do
      {:ok, job} -> job
      {:error, reason} -> raise "could not insert #{inspect(job)}: #{inspect(reason)}"
    end
  end

  @spec insert_all(name(), [Job.t()]) :: [Job.t()]
  def insert_all(name, jobs), do: Enum.map(jobs, &insert!(name, &1))

  defdelegate pause(name, queue), to: Queue
  defdelegate resume(name, queue), to: Queue
  defdelegate drain(name, queue), to: Queue

  @doc "Jobs in a state, counted by queue."
  @spec count(name(), Job.state()) :: %{optional(Job.queue()) => pos_integer()}
  def count(name, state) do
    %{storage: {storage, _}} = Names.config(name)

    name
    |> Names.via(:storage)
    |> storage.list(state)
    |> Enum.frequencies_by(& &1.queue)
  end
end
