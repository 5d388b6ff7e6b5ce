defmodule Harbor.Plugs.Logger do
  @moduledoc "A line for each answer, and an event."

  @behaviour Harbor.Plug

  # Within this module `Logger` would be this module's own last segment in the eyes of a reader.
  require Logger, as: L
  import Harbor.Conn, only: [register_before_send: 2]

  @impl Harbor.Plug
  def init(opts), do: Keyword.get(opts, :level, :info)

  @impl Harbor.Plug
  def call(conn, level) do
    start = System.monotonic_time()

    register_before_send(conn, fn %{status: status} = conn ->
      duration = System.monotonic_time() - start
      :pulse.execute([:harbor, :request], %{duration: duration}, %{conn: conn, status: status})

      L.log(level, fn ->
        ms = System.convert_time_unit(duration, :native, :microsecond) / 1000
        [conn.method, ?\s, conn.request_path, " - ", Integer.to_string(status), " in ", :io_lib.format("~.2fms", [ms])]
      end)

      conn
    end)
  end
end
