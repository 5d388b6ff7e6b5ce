defmodule Drover.Plugin do
  @moduledoc "Processes that run beside the queues."

  @callback start_link(keyword()) :: GenServer.on_start()
  @callback validate(keyword()) :: :ok | {:error, String.t()}

  defmacro __using__(opts \\ []) do
    every = Keyword.get(opts, :every, 1_000)

    quote do
      use GenServer
      @behaviour Drover.Plugin
      @every unquote(every)

      @impl Drover.Plugin
      def start_link(opts), do: GenServer.start_link(__MODULE__, opts)

      @impl Drover.Plugin
      def validate(_opts), do: :ok

      @impl GenServer
      def init(opts) do
        with :ok <- validate(opts) do
          {:ok, Map.new(opts), {:continue, :tick}}
        else
          {:error, message} -> {:stop, message}
        end
      end

      @impl GenServer
      def handle_continue(:tick, state) do
        Process.send_after(self(), :tick, Map.get(state, :every, @every))
        {:noreply, tick(state)}
      end

      @impl GenServer
      def handle_info(:tick, state), do: {:noreply, state, {:continue, :tick}}

      defoverridable validate: 1, init: 1
    end
  end
end
