defmodule Drover.Config do
  @moduledoc false

  @enforce_keys [:name]
  defstruct name: nil, queues: [default: 10], plugins: [], storage: {Drover.Storage.Memory, []}, poll: 1_000

  @type t :: %__MODULE__{
          name: Drover.name(),
          queues: [{Drover.Job.queue(), pos_integer()}],
          plugins: [module() | {module(), keyword()}],
          storage: {module(), keyword()},
          poll: pos_integer()
        }

  @spec new(keyword()) :: t()
  def new(opts) do
    opts = Keyword.put_new(opts, :name, Drover)
    config = struct!(__MODULE__, opts)
    Enum.each(config.queues, &validate_queue!/1)
    Map.update!(config, :storage, &normalize/1)
  end

  defp validate_queue!({name, limit}) when is_atom(name) and is_integer(limit) and limit > 0, do: :ok
  defp validate_queue!(other), do: raise(ArgumentError, "expected {queue, limit}, got: #{inspect(other)}")

  defp normalize({module, opts} = storage) when is_atom(module) and is_list(opts), do: storage
  defp normalize(module) when is_atom(module), do: {module, []}
end
