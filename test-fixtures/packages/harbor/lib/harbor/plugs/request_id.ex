defmodule Harbor.Plugs.RequestId do
  @moduledoc "Gives each request an id, or keeps the one that it came with."

  @behaviour Harbor.Plug

  alias Harbor.Conn
  require Logger

  @header "x-request-id"
  @length 20..200

  @impl true
  def init(opts), do: Keyword.get(opts, :header, @header)

  @impl true
  def call(conn, header) do
    id =
      case Conn.get_req_header(conn, header) do
        [id | _] when byte_size(id) in @length -> id
        _ -> 16 |> :crypto.strong_rand_bytes() |> Base.url_encode64()
      end

    Logger.metadata(request_id: id)
    Conn.put_resp_header(conn, header, id)
  end
end
