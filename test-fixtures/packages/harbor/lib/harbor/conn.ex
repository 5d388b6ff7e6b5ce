defmodule Harbor.Conn do
  @moduledoc """
  A connection: the request, and the answer as far as it is known.
  """

  alias __MODULE__

  defmodule AlreadySentError do
    defexception message: "the response was already sent"
  end

  defstruct adapter: nil,
            assigns: %{},
            before_send: [],
            body_params: %{},
            cookies: %{},
            halted: false,
            host: "localhost",
            method: "GET",
            params: %{},
            path_info: [],
            private: %{},
            query_string: "",
            req_headers: [],
            request_path: "/",
            resp_body: nil,
            resp_headers: [{"cache-control", "max-age=0, private, must-revalidate"}],
            scheme: :http,
            state: :unset,
            status: nil

  @type state :: :unset | :set | :sent
  @type headers :: [{binary(), binary()}]
  @type t :: %__MODULE__{
          adapter: {module(), term()} | nil,
          assigns: %{optional(atom()) => any()},
          before_send: [(t() -> t())],
          body_params: map(),
          cookies: map(),
          halted: boolean(),
          host: binary(),
          method: binary(),
          params: %{optional(binary()) => term()},
          path_info: [binary()],
          private: %{optional(atom()) => any()},
          query_string: binary(),
          req_headers: headers(),
          request_path: binary(),
          resp_body: iodata() | nil,
          resp_headers: headers(),
          scheme: :http | :https,
          state: state(),
          status: 100..599 | nil
        }

  @statuses %{ok: 200, created: 201, no_content: 204, found: 302, bad_request: 400, unauthorized: 401, forbidden: 403}
  @statuses Map.merge(@statuses, %{not_found: 404, unprocessable_entity: 422, internal_server_error: 500})

  @spec assign(t(), atom(), term()) :: t()
  def assign(%Conn{assigns: assigns} = conn, key, value) when is_atom(key) do
    %{conn | assigns: Map.put(assigns, key, value)}
  end

  def merge_assigns(%Conn{} = conn, pairs), do: Enum.reduce(pairs, conn, fn {k, v}, acc -> assign(acc, k, v) end)

  def put_private(%Conn{} = conn, key, value), do: put_in(conn.private[key], value)

  @spec put_status(t(), atom() | integer()) :: t()
  def put_status(%Conn{state: :sent}, _status), do: raise(AlreadySentError)
  def put_status(%Conn{} = conn, status) when is_integer(status), do: %Conn{conn | status: status}
  def put_status(conn, status) when is_map_key(@statuses, status), do: put_status(conn, @statuses[status])

  def get_req_header(%Conn{req_headers: headers}, name), do: for({^name, value} <- headers, do: value)

  def put_resp_header(%Conn{state: :sent}, _, _), do: raise(AlreadySentError)

  def put_resp_header(%Conn{resp_headers: headers} = conn, name, value) do
    if String.contains?(value, ["\r", "\n"]), do: raise(ArgumentError, "a header's value has no line breaks: #{inspect(value)}")
    %{conn | resp_headers: List.keystore(headers, name, 0, {name, value})}
  end

  def put_resp_content_type(conn, type), do: put_resp_header(conn, "content-type", "#{type}; charset=utf-8")

  def register_before_send(%Conn{before_send: callbacks} = conn, callback) when is_function(callback, 1) do
    %{conn | before_send: [callback | callbacks]}
  end

  @spec resp(t(), integer() | atom(), iodata()) :: t()
  def resp(conn, status, body), do: %{put_status(conn, status) | resp_body: body, state: :set}

  @spec send_resp(t()) :: t() | no_return()
  def send_resp(%Conn{state: :set} = conn) do
    conn = Enum.reduce(conn.before_send, conn, & &1.(&2))

    with {adapter, payload} <- conn.adapter do
      :ok = adapter.send_resp(payload, conn.status, conn.resp_headers, conn.resp_body)
    end

    %{conn | state: :sent}
  end

  def send_resp(%Conn{state: :unset}), do: raise(ArgumentError, "there is no response to send")
  def send_resp(%Conn{}), do: raise(AlreadySentError)

  def send_resp(conn, status, body), do: conn |> resp(status, body) |> send_resp()

  def halt(%Conn{} = conn), do: %{conn | halted: true}

  @doc "Reads the query string, once."
  def fetch_query_params(%Conn{private: %{query_fetched: true}} = conn), do: conn

  def fetch_query_params(%Conn{query_string: query, params: params} = conn) do
    conn
    |> Map.put(:params, query |> URI.decode_query() |> Map.merge(params))
    |> put_private(:query_fetched, true)
  end

  ## Session

  def get_session(conn, key, default \\ nil), do: conn |> session!() |> Map.get(to_string(key), default)
  def put_session(conn, key, value), do: put_private(conn, :session, Map.put(session!(conn), to_string(key), value))
  def delete_session(conn, key), do: put_private(conn, :session, conn |> session!() |> Map.delete(to_string(key)))

  defp session!(%Conn{private: %{session: %{} = session}}), do: session
  defp session!(_conn), do: raise(ArgumentError, "the session was not fetched: plug Harbor.Plugs.Session is missing")
end
