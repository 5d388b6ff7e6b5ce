defmodule Drover.Telemetry do
  @moduledoc """
  The events that Drover executes, and a handler that logs them.

    * `[:drover, :job, :inserted]`, `[:drover, :job, :discarded]`
    * `[:drover, :job, :start]`, `[:drover, :job, :stop]`, `[:drover, :job, :exception]`
    * `[:drover, :plugin, :pruned]`
  """

  require Logger

  @events for event <- [:inserted, :stop, :exception, :discarded], do: [:drover, :job, event]

  @spec attach_default_logger(Logger.level()) :: :ok | {:error, :already_exists}
  def attach_default_logger(level \\ :info) do
    :pulse.attach_many("drover-default-logger", @events, &__MODULE__.handle_event/4, level: level)
  end

  def detach_default_logger, do: :pulse.detach("drover-default-logger")

  @doc false
  def handle_event([:drover, :job, event], measurements, %{job: %{worker: worker, id: id}} = meta, level: level) do
    Logger.log(level, fn ->
      line = %{event: event, worker: worker, id: id, outcome: meta[:outcome], duration: ms(measurements[:duration])}
      Jot.encode_to_iodata!(for {key, value} <- line, value != nil, into: %{}, do: {key, value})
    end)
  end

  defp ms(nil), do: nil
  defp ms(native), do: System.convert_time_unit(native, :native, :millisecond)
end
