defmodule Drover.Executor do
  @moduledoc false

  alias Drover.{Job, Worker}

  @doc "Runs a job in the calling process."
  @spec run(Job.t()) :: {Job.t(), Worker.result()}
  def run(%Job{} = job) do
    started = System.monotonic_time()
    :pulse.execute([:drover, :job, :start], %{monotonic_time: started}, %{job: job})
    outcome = perform(job)
    duration = System.monotonic_time() - started
    :pulse.execute([:drover, :job, :stop], %{duration: duration}, %{job: job, outcome: label(outcome)})
    {job, outcome}
  end

  defp perform(job) do
    worker = Worker.module!(job)

    case worker.timeout(job) do
      :infinity -> worker.perform(job)
      timeout -> within(timeout, fn -> worker.perform(job) end)
    end
  rescue
    exception -> {:error, Exception.format(:error, exception, __STACKTRACE__)}
  catch
    :exit, reason -> {:error, "exit: #{inspect(reason)}"}
    value -> {:error, "throw: #{inspect(value)}"}
  end

  defp within(timeout, fun) do
    task = Task.async(fun)

    case Task.yield(task, timeout) || Task.shutdown(task) do
      {:ok, result} -> result
      {:exit, reason} -> exit(reason)
      nil -> {:error, :timeout}
    end
  end

  @doc "What becomes of the job after that outcome."
  @spec record(Job.t(), Worker.result()) :: Job.t()
  def record(job, :ok), do: %{job | state: :completed}
  def record(job, {:ok, _}), do: record(job, :ok)
  def record(job, {:cancel, reason}), do: %Job{note(job, reason) | state: :cancelled}

  def record(job, {:snooze, seconds}) do
    %{job | state: :scheduled, scheduled_at: later(seconds), attempt: job.attempt - 1}
  end

  def record(%Job{attempt: attempt, max_attempts: max} = job, {:error, reason}) when attempt >= max do
    :pulse.execute([:drover, :job, :discarded], %{attempts: attempt}, %{job: job, reason: reason})
    %Job{note(job, reason) | state: :discarded}
  end

  def record(job, {:error, reason}) do
    seconds = Worker.module!(job).backoff(job)
    %Job{note(job, reason) | state: :retryable, scheduled_at: later(seconds)}
  end

  def record(job, other), do: record(job, {:error, {:bad_return, other}})

  defp note(%Job{errors: errors, attempt: attempt} = job, reason) do
    text = if is_binary(reason), do: reason, else: inspect(reason)
    %{job | errors: [%{at: DateTime.utc_now(), attempt: attempt, error: text} | errors]}
  end

  defp later(seconds), do: DateTime.utc_now() |> DateTime.add(seconds, :second)

  defp label(:ok), do: :ok
  defp label(tuple) when is_tuple(tuple), do: elem(tuple, 0)
  defp label(_), do: :bad_return
end
