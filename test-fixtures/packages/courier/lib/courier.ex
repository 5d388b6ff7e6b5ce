defmodule Courier do
  @moduledoc """
  An HTTP client.

  A request is a struct that steps change on its way to an adapter; the response
  goes through steps on its way back.

      Courier.get!("https://example.com").body

  """

  alias Courier.{Request, Response, Steps}

  @type url :: String.t() | URI.t()
  @type method :: :get | :head | :delete | :post | :put | :patch
  @type result :: {:ok, Response.t()} | {:error, Exception.t()}

  @typedoc "A prepared request, or where to go."
  @type target :: Request.t() | url()

  @bodiless ~w[get head delete]a
  @with_body ~w[post put patch]a

  @doc "A client: a request that isn't complete yet."
  @spec new(keyword()) :: Request.t()
  def new(options \\ []) do
    {url, options} = Keyword.pop(options, :url, "")

    %Request{method: :get, url: URI.parse(url)}
    |> Request.merge(options)
    |> Steps.attach()
  end

  for method <- @bodiless ++ @with_body do
    bang = :"#{method}!"

    @doc "Sends a #{method |> to_string() |> String.upcase()} request."
    @spec unquote(method)(target(), keyword()) :: result()
    def unquote(method)(target, options \\ [])

    def unquote(method)(%Request{} = request, options) do
      request(%{request | method: unquote(method)}, options)
    end

    def unquote(method)(url, options), do: unquote(method)(new(url: url), options)

    @doc "As `#{method}/2`, but raises."
    @spec unquote(bang)(target(), keyword()) :: Response.t()
    def unquote(bang)(target, options \\ []), do: target |> unquote(method)(options) |> unwrap!()
  end

  @doc "Runs a request through its steps."
  @spec request(Request.t(), keyword()) :: result()
  def request(%Request{} = request, options \\ []) do
    request
    |> Request.merge(options)
    |> Request.run()
  end

  @spec request!(Request.t(), keyword()) :: Response.t()
  def request!(request, options \\ []), do: request |> request(options) |> unwrap!()

  @doc """
  Sends all of them at once and gives the results in order.
  """
  @spec parallel([Request.t()], timeout: timeout(), max_concurrency: pos_integer()) :: [result()]
  def parallel(requests, opts \\ []) do
    opts = Keyword.validate!(opts, timeout: 5_000, max_concurrency: System.schedulers_online())

    Courier.TaskSupervisor
    |> Task.Supervisor.async_stream_nolink(requests, &request/1, [{:on_timeout, :kill_task} | opts])
    |> Enum.map(fn
      {:ok, result} -> result
      {:exit, reason} -> {:error, %Courier.TransportError{reason: reason}}
    end)
  end

  defdelegate put_header(request, name, value), to: Request
  defdelegate fetch_header(response, name), to: Response, as: :header

  defp unwrap!({:ok, response}), do: response
  defp unwrap!({:error, %_{} = exception}), do: raise(exception)
end
