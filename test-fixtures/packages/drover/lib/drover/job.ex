defmodule Drover.Job do
  @moduledoc "Something to do, later or at once."

  @derive {Jot.Encoder, except: [:unsaved_error]}
  @enforce_keys [:worker]
  defstruct id: nil,
            worker: nil,
            args: %{},
            queue: :default,
            state: :available,
            attempt: 0,
            max_attempts: 20,
            scheduled_at: nil,
            inserted_at: nil,
            errors: [],
            unsaved_error: nil

  @type queue :: atom()
  @type state :: :available | :scheduled | :executing | :completed | :retryable | :discarded | :cancelled
  @type args :: %{optional(String.t()) => term()}
  @type t :: %__MODULE__{
          id: pos_integer() | nil,
          worker: String.t(),
          args: args(),
          queue: queue(),
          state: state(),
          attempt: non_neg_integer(),
          max_attempts: pos_integer(),
          scheduled_at: DateTime.t() | nil,
          inserted_at: DateTime.t() | nil,
          errors: [%{at: DateTime.t(), attempt: pos_integer(), error: String.t()}],
          unsaved_error: map() | nil
        }

  @states [:available, :scheduled, :executing, :completed, :retryable, :discarded, :cancelled]
  @final ~w(completed discarded cancelled)a

  @doc "Whether nothing more will happen to the job."
  defguard is_final(job) when is_struct(job, __MODULE__) and job.state in @final

  def states, do: @states

  @spec new(module(), map(), keyword()) :: t()
  def new(worker, args, opts \\ []) when is_atom(worker) and is_map(args) do
    {delay, opts} = Keyword.pop(opts, :schedule_in)

    job =
      struct!(
        %__MODULE__{worker: inspect(worker), args: stringify(args), inserted_at: now()},
        Keyword.take(opts, [:queue, :max_attempts, :scheduled_at])
      )

    case {delay, job} do
      {nil, %{scheduled_at: nil}} -> job
      {nil, _} -> %{job | state: :scheduled}
      {seconds, _} -> %{job | state: :scheduled, scheduled_at: DateTime.add(now(), seconds)}
    end
  end

  def scheduled?(%__MODULE__{state: :scheduled, scheduled_at: at}), do: DateTime.compare(at, now()) == :gt
  def scheduled?(%__MODULE__{}), do: false

  # Arguments go through JSON, so that a job looks the same before and after it was stored.
  defp stringify(args), do: args |> Jot.encode!() |> Jot.decode!()

  defp now, do: DateTime.utc_now()
end
