defmodule Courier.Request do
  @moduledoc """
  A request and the steps that it and its response will go through.
  """

  alias Courier.{Adapter, Headers, Response, TransportError}

  @enforce_keys [:method, :url]
  defstruct method: nil,
            url: nil,
            headers: %{},
            body: nil,
            options: %{},
            adapter: Courier.Adapters.Httpc,
            halted: false,
            request_steps: [],
            response_steps: [],
            private: %{}

  @type t :: %__MODULE__{
          method: Courier.method(),
          url: URI.t(),
          headers: Headers.t(),
          body: iodata() | nil,
          options: %{optional(atom()) => term()},
          adapter: Adapter.t(),
          halted: boolean(),
          request_steps: [{atom(), request_step()}],
          response_steps: [{atom(), response_step()}],
          private: map()
        }

  @type request_step :: (t() -> t() | {t(), Response.t() | Exception.t()})
  @type response_step :: ({t(), Response.t() | Exception.t()} -> {t(), Response.t() | Exception.t()})

  @known [:params, :json, :form, :auth, :base_url, :retry, :max_retries, :redirect, :timeout, :decode]

  @spec merge(t(), keyword()) :: t()
  def merge(%__MODULE__{} = request, options) do
    Enum.reduce(options, request, fn
      {:url, url}, acc -> %{acc | url: URI.parse(url)}
      {:method, method}, acc -> %{acc | method: method}
      {:body, body}, acc -> %{acc | body: body}
      {:adapter, adapter}, acc -> %{acc | adapter: adapter}
      {:headers, headers}, acc -> %{acc | headers: Map.merge(acc.headers, Headers.new(headers))}
      {name, value}, acc when name in @known -> put_in(acc.options[name], value)
      {unknown, _}, _acc -> raise ArgumentError, "unknown option #{inspect(unknown)}"
    end)
  end

  def put_header(%__MODULE__{headers: headers} = request, name, value) do
    %__MODULE__{request | headers: Headers.put(headers, name, value)}
  end

  def option(%__MODULE__{options: options}, name, default \\ nil), do: Map.get(options, name, default)

  @doc "Adds steps behind those that are there."
  def append_request_steps(request, steps), do: Map.update!(request, :request_steps, &(&1 ++ steps))
  def append_response_steps(request, steps), do: Map.update!(request, :response_steps, &(&1 ++ steps))

  def prepend_request_steps(request, steps), do: Map.update!(request, :request_steps, &(steps ++ &1))

  @doc "Ends the run: no more steps."
  def halt(%__MODULE__{} = request, result), do: {%{request | halted: true}, result}

  @spec run(t()) :: Courier.result()
  def run(%__MODULE__{} = request) do
    {_request, result} =
      request
      |> run_request_steps(request.request_steps)
      |> run_response_steps()

    case result do
      %Response{} -> {:ok, result}
      %{__exception__: true} -> {:error, result}
    end
  end

  defp run_request_steps(request, [{_name, step} | rest]) do
    case step.(request) do
      %__MODULE__{} = request -> run_request_steps(request, rest)
      {%__MODULE__{}, _result} = done -> done
    end
  end

  defp run_request_steps(request, []), do: {request, send_request(request)}

  defp run_response_steps({%__MODULE__{response_steps: steps} = request, result}) do
    Enum.reduce_while(steps, {request, result}, fn {_name, step}, acc ->
      case step.(acc) do
        {%{halted: true}, _} = done -> {:halt, done}
        {_, _} = next -> {:cont, next}
      end
    end)
  end

  # Adapters are other people's code: whatever they do, a run gives a result.
  defp send_request(%__MODULE__{adapter: adapter} = request) do
    started = System.monotonic_time(:millisecond)

    try do
      Adapter.call(adapter, request)
    rescue
      error in [ArgumentError, Protocol.UndefinedError] -> error
      RuntimeError -> %TransportError{reason: :adapter_failed}
    catch
      :exit, {:timeout, _} -> %TransportError{reason: :timeout}
      :exit, reason -> %TransportError{reason: {:exit, reason}}
      thrown -> %TransportError{reason: {:thrown, thrown}}
    else
      {:ok, %Response{} = response} -> response
      {:error, %_{} = exception} -> exception
      {:error, reason} -> %TransportError{reason: reason}
    after
      measure(request, System.monotonic_time(:millisecond) - started)
    end
  end

  if Code.ensure_loaded?(:pulse) do
    defp measure(request, duration) do
      :pulse.execute([:courier, :request], %{duration: duration}, Map.take(request, [:method, :url]))
    end
  else
    defp measure(_request, _duration), do: :ok
  end
end
