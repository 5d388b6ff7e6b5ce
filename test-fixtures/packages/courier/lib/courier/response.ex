defmodule Courier.Response do
  @moduledoc "What came back."

  alias Courier.Headers

  @enforce_keys [:status]
  defstruct [:status, headers: %{}, body: "", private: %{}]

  @type t() :: %__MODULE__{status: 100..599, headers: Headers.t(), body: binary() | term(), private: map()}

  defguard is_success(response) when response.status in 200..299
  defguard is_redirect(response) when :erlang.map_get(:status, response) in [301, 302, 303, 307, 308]

  @spec new(non_neg_integer(), Enumerable.t(), binary()) :: t()
  def new(status, headers \\ [], body \\ "") do
    %__MODULE__{status: status, headers: Headers.new(headers), body: body}
  end

  @spec header(t(), String.t()) :: {:ok, String.t()} | :error
  def header(%__MODULE__{headers: headers}, name) do
    if value = Headers.get(headers, name), do: {:ok, value}, else: :error
  end

  def json(%__MODULE__{body: body}), do: Jot.decode(body)

  @spec media_type(t()) :: String.t() | nil
  def media_type(response) do
    with {:ok, value} <- header(response, "content-type") do
      value |> String.split(";", parts: 2) |> hd() |> String.trim()
    else
      :error -> nil
    end
  end
end
