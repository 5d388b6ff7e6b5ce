defmodule Courier.Steps do
  @moduledoc """
  The steps that a new request has.
  """

  import Courier.Response, only: [is_redirect: 1]
  import Bitwise, only: [<<<: 2]

  alias Courier.{HTTPError, Headers, Request, Response, TooManyRedirectsError, TransportError}

  require Logger

  @doc "Attaches all of them."
  @spec attach(Request.t()) :: Request.t()
  def attach(request) do
    request
    |> Request.append_request_steps(
      put_base_url: &put_base_url/1,
      put_params: &put_params/1,
      put_auth: &put_auth/1,
      encode_body: &encode_body/1,
      put_user_agent: &put_default_header(&1, "user-agent", "courier")
    )
    |> Request.append_response_steps(
      retry: &retry/1,
      redirect: &redirect/1,
      decode_body: &__MODULE__.decode_body/1
    )
  end

  ## Requests

  def put_base_url(%Request{options: %{base_url: base}, url: %URI{host: nil} = url} = request) do
    base = base |> to_string() |> String.trim_trailing("/")
    %{request | url: URI.parse(base <> "/" <> String.trim_leading(to_string(url), "/"))}
  end

  def put_base_url(request), do: request

  def put_params(%Request{options: %{params: params}} = request) when params != [] do
    encoded = URI.encode_query(params)
    update_in(request.url.query, fn query -> if query, do: query <> "&" <> encoded, else: encoded end)
  end

  def put_params(request), do: request

  def put_auth(request) do
    case Request.option(request, :auth) do
      nil -> request
      {:bearer, token} -> Request.put_header(request, "authorization", "Bearer " <> token)
      {:basic, user, password} -> Request.put_header(request, :authorization, "Basic #{Base.encode64("#{user}:#{password}")}")
      fun when is_function(fun, 0) -> request |> Map.update!(:options, &Map.put(&1, :auth, fun.())) |> put_auth()
    end
  end

  def encode_body(%Request{options: %{json: json}} = request) do
    %{request | body: Jot.encode_to_iodata!(json)}
    |> put_default_header("content-type", "application/json")
    |> put_default_header("accept", "application/json")
  end

  def encode_body(%Request{options: %{form: form}} = request) do
    %{request | body: URI.encode_query(form)}
    |> put_default_header("content-type", "application/x-www-form-urlencoded")
  end

  def encode_body(%Request{} = request), do: request

  defp put_default_header(%Request{} = request, name, value) do
    update_in(request.headers, &Headers.put_new(&1, name, value))
  end

  ## Responses

  def decode_body({%Request{options: %{decode: false}}, _} = unchanged), do: unchanged

  def decode_body({request, %Response{body: body} = response}) when is_binary(body) and body != "" do
    with "application/json" <- Response.media_type(response),
         {:ok, decoded} <- Jot.decode(body) do
      {request, %{response | body: decoded}}
    else
      {:error, %Jot.DecodeError{} = error} -> Request.halt(request, error)
      _other_type -> {request, response}
    end
  end

  def decode_body(unchanged), do: unchanged

  @doc """
  Tries again, with a pause that doubles.

  `retry: :transient` repeats safe requests only, `:always` all of them, `false` none; or a
  function decides.
  """
  def retry({request, result}) do
    count = Map.get(request.private, :retries, 0)
    max = Request.option(request, :max_retries, 3)

    if count < max and retry?(Request.option(request, :retry, :transient), request, result) do
      delay = 100 * (1 <<< count)
      Logger.warning("retry #{count + 1} of #{max} in #{delay} ms")
      Process.sleep(delay)

      request
      |> put_in([Access.key!(:private), :retries], count + 1)
      |> Request.run()
      |> case do
        {_, outcome} -> Request.halt(request, outcome)
      end
    else
      {request, result}
    end
  end

  defp retry?(false, _, _), do: false
  defp retry?(:always, _, result), do: transient?(result)
  defp retry?(:transient, %{method: method}, result), do: method in [:get, :head] and transient?(result)
  defp retry?(fun, request, result) when is_function(fun, 2), do: !!fun.(request, result)

  defp transient?(%TransportError{reason: reason}), do: reason in [:timeout, :econnrefused, :closed]
  defp transient?(%Response{status: status}) when status in [408, 429] or status in 500..599//1, do: true
  defp transient?(_other), do: false

  def redirect({%{options: %{redirect: false}}, _} = unchanged), do: unchanged

  def redirect({request, %Response{} = response}) when is_redirect(response) do
    count = Map.get(request.private, :redirects, 0)

    with true <- count < 10 || :too_many,
         {:ok, location} <- Response.header(response, "location") do
      %{request | url: URI.merge(request.url, location)}
      |> put_in([Access.key!(:private), :redirects], count + 1)
      |> Request.run()
      |> then(fn {_, outcome} -> Request.halt(request, outcome) end)
    else
      :error -> {request, response}
      :too_many -> Request.halt(request, %TooManyRedirectsError{max: 10})
    end
  end

  def redirect(unchanged), do: unchanged

  @doc "Not attached by default: turns statuses from 400 on into errors."
  def expect_success({request, %Response{status: status} = response}) when status >= 400 do
    {request, %HTTPError{response: response}}
  end

  def expect_success(other), do: other
end
