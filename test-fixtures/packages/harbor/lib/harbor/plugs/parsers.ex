defmodule Harbor.Plugs.Parsers do
  @moduledoc "Reads the body by its type."

  @behaviour Harbor.Plug

  alias Harbor.Conn

  defmodule ParseError do
    defexception [:exception, status: 400]
    def message(%{exception: exception}), do: "malformed body: " <> Exception.message(exception)
  end

  @impl true
  def init(opts), do: Keyword.validate!(opts, parsers: [:urlencoded, :json])

  @impl true
  def call(%Conn{private: %{raw_body: body}} = conn, parsers: parsers) when body != "" do
    conn
    |> Conn.get_req_header("content-type")
    |> List.first("")
    |> parser()
    |> case do
      parser when is_atom(parser) and parser != nil ->
        if parser in parsers, do: merge(conn, parse(parser, body)), else: conn

      nil ->
        conn
    end
  end

  def call(conn, _opts), do: conn

  defp parser("application/json" <> _), do: :json
  defp parser("application/x-www-form-urlencoded" <> _), do: :urlencoded
  defp parser(_), do: nil

  defp parse(:urlencoded, body), do: body |> URI.query_decoder() |> Enum.reduce(%{}, &put_nested/2)

  defp parse(:json, body) do
    case Harbor.json_library().decode(body) do
      {:ok, %{} = map} -> map
      {:ok, other} -> %{"_json" => other}
      {:error, exception} -> raise ParseError, exception: exception
    end
  end

  # book[title]=x
  defp put_nested({key, value}, acc) do
    case String.split(key, ["[", "]"], trim: true) do
      [key] -> Map.put(acc, key, value)
      [outer, inner] -> Map.update(acc, outer, %{inner => value}, &Map.put(&1, inner, value))
    end
  end

  defp merge(conn, body_params), do: %{conn | body_params: body_params, params: Map.merge(conn.params, body_params)}
end
