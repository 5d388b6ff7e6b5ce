defmodule Harbor.ConnTest do
  @moduledoc """
  Requests without a network.

      use Harbor.ConnTest, endpoint: ShopWeb.Endpoint

      test "home" do
        assert build_conn() |> get("/") |> html_response(200) =~ "Welcome"
      end
  """

  alias Harbor.Conn

  defmacro __using__(endpoint: endpoint) do
    quote do
      import Harbor.ConnTest
      import Harbor.Conn, except: [halt: 1]
      @endpoint unquote(endpoint)
    end
  end

  def build_conn(method \\ :get, path \\ "/"), do: %Conn{method: upcase(method), request_path: path}

  for verb <- [:get, :post, :put, :delete] do
    defmacro unquote(verb)(conn, path, params \\ nil) do
      verb = unquote(verb)

      quote do
        Harbor.ConnTest.dispatch(unquote(conn), @endpoint, unquote(verb), unquote(path), unquote(params))
      end
    end
  end

  @doc false
  def dispatch(%Conn{} = conn, endpoint, method, path, params) do
    uri = URI.parse(path)

    conn = %{
      conn
      | method: upcase(method),
        request_path: uri.path,
        path_info: String.split(uri.path, "/", trim: true),
        query_string: uri.query || "",
        params: stringify(params || %{}),
        private: Map.take(conn.private, [:harbor_format]),
        state: :unset,
        status: nil
    }

    endpoint.call(conn, endpoint.init([]))
  end

  def html_response(conn, status), do: response(conn, status, "text/html")
  def json_response(conn, status), do: conn |> response(status, "application/json") |> Harbor.json_library().decode!()

  def response(%Conn{status: given, resp_headers: headers, resp_body: body}, status, type) do
    if given != status, do: raise("expected status #{status}, got #{given} with body #{inspect(body)}")
    {_, content_type} = List.keyfind(headers, "content-type", 0, {nil, ""})
    String.starts_with?(content_type, type) || raise "expected #{type}, got #{content_type}"
    IO.iodata_to_binary(body)
  end

  def redirected_to(%Conn{} = conn, status \\ 302) do
    %Conn{status: ^status, resp_headers: headers} = conn
    {_, location} = List.keyfind(headers, "location", 0)
    location
  end

  @doc "The next request of the same visitor: with its cookies."
  def recycle(%Conn{resp_headers: headers}) do
    cookies = for {"set-cookie", cookie} <- headers, do: {"cookie", cookie |> String.split(";") |> hd()}
    %Conn{req_headers: cookies}
  end

  defp upcase(method), do: method |> to_string() |> String.upcase()
  defp stringify(%_{} = struct), do: struct
  defp stringify(%{} = map), do: Map.new(map, fn {key, value} -> {to_string(key), stringify(value)} end)
  defp stringify(other), do: other
end
