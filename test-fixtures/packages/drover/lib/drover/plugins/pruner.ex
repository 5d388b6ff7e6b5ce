defmodule Drover.Plugins.Pruner do
  @moduledoc "Deletes jobs that ended longer ago than `:max_age` seconds."

  use Drover.Plugin, every: 30_000

  alias Drover.Registry

  @impl Drover.Plugin
  def validate(opts) do
    case Keyword.get(opts, :max_age, 60) do
      age when is_integer(age) and age >= 0 -> :ok
      other -> {:error, "max_age must be seconds, got: #{inspect(other)}"}
    end
  end

  defp tick(%{config: %{name: name, storage: {storage, _}}} = state) do
    before = DateTime.add(DateTime.utc_now(), -Map.get(state, :max_age, 60))

    if function_exported?(storage, :prune, 2) do
      count = name |> Registry.via(:storage) |> storage.prune(before)
      :pulse.execute([:drover, :plugin, :pruned], %{count: count}, %{name: name})
    end

    state
  end
end
