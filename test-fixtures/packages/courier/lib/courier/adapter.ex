defmodule Courier.Adapter do
  @moduledoc """
  Sends a request. An adapter is a module, a module with options, or a function.
  """

  alias Courier.{Request, Response}

  @type options :: keyword()
  @type t :: module() | {module(), options()} | (Request.t() -> outcome())
  @type outcome :: {:ok, Response.t()} | {:error, term()}

  @callback send(Request.t(), options()) :: outcome()
  @callback supports?(scheme :: String.t()) :: boolean
  @optional_callbacks supports?: 1

  @spec call(t(), Request.t()) :: outcome()
  def call(fun, request) when is_function(fun, 1), do: fun.(request)

  def call({module, opts}, %Request{url: %URI{scheme: scheme}} = request) do
    if supports?(module, scheme) do
      module.send(request, opts)
    else
      {:error, {:unsupported_scheme, scheme}}
    end
  end

  def call(module, request) when is_atom(module), do: call({module, []}, request)

  defp supports?(module, scheme) do
    not (Code.ensure_loaded?(module) and function_exported?(module, :supports?, 1)) or module.supports?(scheme)
  end
end
