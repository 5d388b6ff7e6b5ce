defmodule Courier.TransportError do
  @moduledoc "Nobody answered, or not to the end."

  @type t :: %__MODULE__{reason: term()}
  defexception [:reason]

  @impl true
  def message(%{reason: reason}), do: "transport failed: #{format(reason)}"

  defp format(:timeout), do: "timeout"
  defp format({:failed_connect, details}), do: "could not connect: #{inspect(details)}"
  defp format(other), do: inspect(other)
end

defmodule Courier.HTTPError do
  @moduledoc "An answer whose status says that it did not work."

  @type t :: %__MODULE__{response: Courier.Response.t()}
  @enforce_keys [:response]
  defexception [:response]

  @impl true
  def message(%__MODULE__{response: %{status: status}}), do: "status #{status}"
end

defmodule Courier.TooManyRedirectsError do
  defexception max: 10

  @impl true
  def message(error), do: "too many redirects (#{error.max})"
end
