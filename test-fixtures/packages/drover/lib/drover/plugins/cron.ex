defmodule Drover.Plugins.Cron do
  @moduledoc """
  Inserts jobs by the clock.

      {Drover.Plugins.Cron, crontab: [{"*/5 * * * *", Shop.Sync}, {"0 3 * * mon", Shop.Report, args: %{full: true}}]}
  """

  use Drover.Plugin, every: 1_000

  alias Drover.Cron.Expression

  @impl true
  def init(opts) do
    crontab =
      for entry <- Keyword.fetch!(opts, :crontab) do
        case entry do
          {text, worker} -> {Expression.parse!(text), worker, []}
          {text, worker, opts} -> {Expression.parse!(text), worker, opts}
        end
      end

    {:ok, %{config: opts[:config], crontab: crontab, last: nil}, {:continue, :tick}}
  end

  defp tick(%{last: last} = state) do
    now = %{DateTime.utc_now() | second: 0, microsecond: {0, 0}}
    if now != last, do: insert_due(state, now)
    %{state | last: now}
  end

  defp insert_due(%{crontab: crontab, config: %{name: name}}, now) do
    for {expression, worker, opts} <- crontab, Expression.match?(expression, now) do
      {args, opts} = Keyword.pop(opts, :args, %{})
      Drover.insert(name, worker.new(args, opts))
    end
  end
end
