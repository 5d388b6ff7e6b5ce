defmodule Harbor.Server do
  @moduledoc """
  A server for the time of development: one process a connection, HTTP/1.1 without keep-alive.
  """

  use GenServer
  require Logger

  alias Harbor.Conn

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: {:via, Registry, {Harbor.Registry, opts[:endpoint]}})

  @impl true
  def init(opts) do
    port = Keyword.fetch!(opts, :port)
    socket_opts = [:binary, packet: :http_bin, active: false, reuseaddr: true, backlog: 128]

    case :gen_tcp.listen(port, socket_opts) do
      {:ok, listener} ->
        {:ok, port} = :inet.port(listener)
        Logger.info("#{inspect(opts[:endpoint])} listens on port #{port}")
        {:ok, %{listener: listener, endpoint: opts[:endpoint]}, {:continue, :accept}}

      {:error, reason} ->
        {:stop, {:cannot_listen, port, :inet.format_error(reason)}}
    end
  end

  @impl true
  def handle_continue(:accept, %{listener: listener, endpoint: endpoint} = state) do
    acceptor = self()

    {:ok, _pid} =
      Task.Supervisor.start_child(Harbor.Connections, fn ->
        case :gen_tcp.accept(listener) do
          {:ok, socket} ->
            send(acceptor, :accepted)
            serve(socket, endpoint)

          {:error, :closed} ->
            :ok
        end
      end)

    {:noreply, state}
  end

  @impl true
  def handle_info(:accepted, state), do: {:noreply, state, {:continue, :accept}}

  @doc false
  def send_resp(socket, status, headers, body) do
    length = body |> IO.iodata_length() |> Integer.to_string()
    lines = for {name, value} <- [{"content-length", length}, {"connection", "close"} | headers], do: [name, ": ", value, "\r\n"]
    :gen_tcp.send(socket, ["HTTP/1.1 ", Integer.to_string(status), " ", reason(status), "\r\n", lines, "\r\n", body])
  end

  defp serve(socket, endpoint) do
    with {:ok, {:http_request, method, {:abs_path, path}, _version}} <- :gen_tcp.recv(socket, 0, 5_000),
         {:ok, headers} <- headers(socket, []),
         {:ok, body} <- body(socket, headers) do
      uri = URI.parse(path)

      endpoint.call(
        %Conn{
          adapter: {__MODULE__, socket},
          method: to_string(method),
          request_path: uri.path,
          path_info: String.split(uri.path, "/", trim: true),
          query_string: uri.query || "",
          req_headers: headers,
          private: %{raw_body: body}
        },
        endpoint.init([])
      )
    else
      {:error, reason} -> Logger.debug("connection ended: #{inspect(reason)}")
      {:ok, {:http_error, line}} -> Logger.debug("no HTTP: #{inspect(line)}")
    end
  after
    :gen_tcp.close(socket)
  end

  defp headers(socket, acc) do
    case :gen_tcp.recv(socket, 0, 5_000) do
      {:ok, {:http_header, _, name, _, value}} -> headers(socket, [{name |> to_string() |> String.downcase(), value} | acc])
      {:ok, :http_eoh} -> {:ok, Enum.reverse(acc)}
      {:error, _} = error -> error
    end
  end

  defp body(socket, headers) do
    :ok = :inet.setopts(socket, packet: :raw)

    case List.keyfind(headers, "content-length", 0) do
      {_, "0"} -> {:ok, ""}
      {_, length} -> :gen_tcp.recv(socket, String.to_integer(length), 5_000)
      nil -> {:ok, ""}
    end
  end

  defp reason(200), do: "OK"
  defp reason(302), do: "Found"
  defp reason(404), do: "Not Found"
  defp reason(status) when status >= 500, do: "Server Error"
  defp reason(_), do: "-"
end
