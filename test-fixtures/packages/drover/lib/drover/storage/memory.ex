defmodule Drover.Storage.Memory do
  @moduledoc "Jobs in a process: gone when it ends."

  use GenServer
  @behaviour Drover.Storage

  require Drover.Job
  alias Drover.Job

  ## Client

  @impl Drover.Storage
  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, Keyword.take(opts, [:name]))

  @impl Drover.Storage
  def insert(server, job), do: GenServer.call(server, {:insert, job})

  @impl Drover.Storage
  def fetch(server, queue, demand) when demand > 0, do: GenServer.call(server, {:fetch, queue, demand})

  @impl Drover.Storage
  def update(server, %Job{} = job), do: GenServer.cast(server, {:update, job})

  @impl Drover.Storage
  def list(server, state), do: GenServer.call(server, {:list, state})

  @impl Drover.Storage
  def prune(server, before), do: GenServer.call(server, {:prune, before})

  ## Server

  @impl GenServer
  def init(_opts), do: {:ok, %{jobs: %{}, next: 1}}

  @impl GenServer
  def handle_call({:insert, job}, _from, %{jobs: jobs, next: id} = state) do
    job = %{job | id: id}
    {:reply, {:ok, job}, %{state | jobs: Map.put(jobs, id, job), next: id + 1}}
  end

  def handle_call({:fetch, queue, demand}, _from, state) do
    now = DateTime.utc_now()

    taken =
      state.jobs
      |> Map.values()
      |> Enum.filter(&(&1.queue == queue and due?(&1, now)))
      |> Enum.sort_by(&{&1.scheduled_at || &1.inserted_at, &1.id}, &earlier?/2)
      |> Enum.take(demand)
      |> Enum.map(&%Job{&1 | state: :executing, attempt: &1.attempt + 1})

    {:reply, taken, Enum.reduce(taken, state, &put/2)}
  end

  def handle_call({:list, job_state}, _from, state) do
    {:reply, for({_id, %Job{state: ^job_state} = job} <- state.jobs, do: job), state}
  end

  def handle_call({:prune, before}, _from, %{jobs: jobs} = state) do
    {old, kept} =
      Enum.split_with(jobs, fn
        {_, job} when Job.is_final(job) -> DateTime.compare(job.inserted_at, before) == :lt
        {_, _} -> false
      end)

    {:reply, length(old), %{state | jobs: Map.new(kept)}}
  end

  @impl GenServer
  def handle_cast({:update, job}, state), do: {:noreply, put(job, state)}

  defp put(%Job{id: id} = job, state), do: put_in(state, [:jobs, id], job)

  defp due?(%Job{state: :available}, _now), do: true
  defp due?(%Job{state: s, scheduled_at: at}, now) when s in [:scheduled, :retryable], do: DateTime.compare(at, now) != :gt
  defp due?(_, _), do: false

  defp earlier?({at, id}, {other, other_id}) do
    case DateTime.compare(at, other) do
      :lt -> true
      :gt -> false
      :eq -> id <= other_id
    end
  end
end
