defmodule Courier.Adapters.Httpc do
  @moduledoc "Sends by Erlang's own client."

  @behaviour Courier.Adapter

  alias Courier.{Headers, Request, Response}

  @impl true
  def supports?(scheme), do: scheme in ["http", "https"]

  @impl true
  def send(%Request{method: method, url: url} = request, opts) do
    timeout = Request.option(request, :timeout, 15_000)
    http_options = [timeout: timeout, autoredirect: false, ssl: Keyword.get(opts, :ssl, default_ssl())]

    case :httpc.request(method, to_erlang(request, URI.to_string(url)), http_options, body_format: :binary) do
      {:ok, {{_version, status, _reason}, headers, body}} ->
        headers = for {name, value} <- headers, do: {List.to_string(name), List.to_string(value)}
        {:ok, Response.new(status, headers, body)}

      {:error, reason} ->
        {:error, reason}
    end
  end

  defp to_erlang(%Request{headers: headers, body: body}, url) do
    charlists = for {name, value} <- Headers.to_list(headers), do: {to_charlist(name), to_charlist(value)}
    url = String.to_charlist(url)

    case body do
      nil -> {url, charlists}
      body -> {url, charlists, headers |> Headers.get("content-type", "application/octet-stream") |> to_charlist(), body}
    end
  end

  defp default_ssl do
    [
      verify: :verify_peer,
      depth: 3,
      cacerts: :public_key.cacerts_get(),
      customize_hostname_check: [match_fun: :public_key.pkix_verify_hostname_match_fun(:https)]
    ]
  rescue
    _ -> [verify: :verify_none]
  end
end
