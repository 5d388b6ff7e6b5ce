defmodule Drover.Queue do
  @moduledoc false

  # Takes jobs of one queue from the storage, as many as may run, and watches them.

  use GenServer, restart: :permanent

  alias Drover.{Config, Executor, Job, Registry}

  require Logger

  defmodule State do
    @moduledoc false
    @enforce_keys [:config, :queue, :limit]
    defstruct [:config, :queue, :limit, :timer, paused: false, running: %{}, waiting: []]

    @type t :: %__MODULE__{
            config: Config.t(),
            queue: Job.queue(),
            limit: pos_integer(),
            timer: reference() | nil,
            paused: boolean(),
            running: %{reference() => Job.t()},
            waiting: [GenServer.from()]
          }
  end

  def child_spec(opts) do
    opts |> super() |> Map.put(:id, {__MODULE__, opts[:queue]})
  end

  def start_link(opts) do
    [config: %Config{name: name}, queue: queue] = Keyword.take(opts, [:config, :queue])
    GenServer.start_link(__MODULE__, opts, name: Registry.via(name, {:queue, queue}))
  end

  @doc "There may be work."
  def nudge(name, queue) do
    if pid = Registry.whereis(name, {:queue, queue}), do: send(pid, :poll)
    :ok
  end

  def pause(name, queue), do: call(name, queue, :pause)
  def resume(name, queue), do: call(name, queue, :resume)

  @doc "Returns when nothing is left to run now."
  def drain(name, queue), do: call(name, queue, :drain, 30_000)

  defp call(name, queue, message, timeout \\ 5_000) do
    name |> Registry.via({:queue, queue}) |> GenServer.call(message, timeout)
  end

  @impl true
  def init(opts) do
    Process.flag(:trap_exit, true)
    {:ok, struct!(State, opts), {:continue, :start}}
  end

  @impl true
  def handle_continue(:start, %State{} = state), do: {:noreply, state |> fill() |> schedule()}

  @impl true
  def handle_call(:pause, _from, state), do: {:reply, :ok, %{state | paused: true}}
  def handle_call(:resume, _from, state), do: {:reply, :ok, fill(%{state | paused: false})}

  def handle_call(:drain, from, state) do
    case fill(state) do
      %{running: running} = state when running == %{} -> {:reply, :ok, state}
      state -> {:noreply, update_in(state.waiting, &[from | &1])}
    end
  end

  @impl true
  def handle_info(:poll, state), do: {:noreply, state |> fill() |> schedule()}

  def handle_info({ref, {%Job{} = job, outcome}}, %State{running: running} = state) when is_map_key(running, ref) do
    Process.demonitor(ref, [:flush])
    {:noreply, done(state, ref, Executor.record(job, outcome))}
  end

  def handle_info({:DOWN, ref, :process, _pid, reason}, %State{running: running} = state) do
    case running do
      %{^ref => job} -> {:noreply, done(state, ref, Executor.record(job, {:error, {:exit, reason}}))}
      %{} -> {:noreply, state}
    end
  end

  def handle_info(message, state) do
    Logger.debug("#{inspect(__MODULE__)} got #{inspect(message)}")
    {:noreply, state}
  end

  @impl true
  def terminate(_reason, %State{running: running, config: config}) do
    for {_ref, job} <- running, do: update(config, %{job | state: :available, attempt: job.attempt - 1})
    :ok
  end

  defp fill(%State{paused: true} = state), do: state
  defp fill(%State{limit: limit, running: running} = state) when map_size(running) >= limit, do: state

  defp fill(%State{config: %{storage: {storage, _}, name: name}} = state) do
    free = state.limit - map_size(state.running)
    jobs = name |> Registry.via(:storage) |> storage.fetch(state.queue, free)

    started =
      Map.new(jobs, fn job ->
        task = name |> Registry.via(:tasks) |> Task.Supervisor.async_nolink(Executor, :run, [job])
        {task.ref, job}
      end)

    %State{state | running: Map.merge(state.running, started)}
  end

  defp done(state, ref, %Job{} = job) do
    update(state.config, job)

    case fill(%{state | running: Map.delete(state.running, ref)}) do
      %State{running: running, waiting: waiting} = state when running == %{} ->
        Enum.each(waiting, &GenServer.reply(&1, :ok))
        %{state | waiting: []}

      state ->
        state
    end
  end

  defp update(%Config{storage: {storage, _}, name: name}, job) do
    name |> Registry.via(:storage) |> storage.update(job)
  end

  defp schedule(%State{timer: timer, config: %{poll: poll}} = state) do
    timer && Process.cancel_timer(timer)
    %{state | timer: Process.send_after(self(), :poll, poll)}
  end
end
