defmodule Harbor.Endpoint do
  @moduledoc """
  Where requests come in: a row of plugs, and the server in front of it.

      defmodule ShopWeb.Endpoint do
        use Harbor.Endpoint, otp_app: :shop

        plug Harbor.Plugs.RequestId
        plug ShopWeb.Router
      end
  """

  @callback config(key :: atom(), default :: term()) :: term()
  @callback url() :: String.t()
  @callback start_link(keyword()) :: Supervisor.on_start()

  defmacro __using__(opts) do
    quote do
      @behaviour Harbor.Endpoint
      @otp_app Keyword.fetch!(unquote(opts), :otp_app)

      use Harbor.Plug.Builder

      @impl Harbor.Endpoint
      def config(key, default \\ nil) do
        @otp_app |> Application.get_env(__MODULE__, []) |> Keyword.get(key, default)
      end

      @impl Harbor.Endpoint
      def url do
        [host: host, port: port] = [host: "localhost", port: 4000] |> Keyword.merge(config(:url, [])) |> Keyword.take([:host, :port])
        %URI{scheme: "http", host: host, port: port} |> URI.to_string()
      end

      @impl Harbor.Endpoint
      def start_link(opts \\ []) do
        children = if config(:server, false), do: [{Harbor.Server, [endpoint: __MODULE__, port: config(:port, 4000)] ++ opts}], else: []
        Supervisor.start_link(children, strategy: :one_for_one, name: __MODULE__)
      end

      def child_spec(opts) do
        %{id: __MODULE__, type: :supervisor, start: {__MODULE__, :start_link, [opts]}}
      end

      @impl Harbor.Plug
      def call(conn, opts) do
        super(conn, opts)
      rescue
        error -> Harbor.Endpoint.__rescue__(conn, error, __STACKTRACE__, config(:debug, false))
      end

      defoverridable url: 0, call: 2
    end
  end

  @doc false
  def __rescue__(conn, error, stacktrace, debug?) do
    case error do
      %{status: status} when is_integer(status) and not debug? ->
        Harbor.Conn.send_resp(conn, status, Exception.message(error))

      _ ->
        :pulse.execute([:harbor, :error], %{count: 1}, %{conn: conn, error: error})
        reraise error, stacktrace
    end
  end
end
