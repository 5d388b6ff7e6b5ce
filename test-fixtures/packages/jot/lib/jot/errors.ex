defmodule Jot.DecodeError do
  @moduledoc """
  Says where a text stopped being JSON.
  """

  @type t :: %__MODULE__{position: non_neg_integer(), data: binary(), token: binary() | nil}

  defexception [:position, :data, :token]

  @impl true
  def message(%{token: token, position: position}) when is_binary(token) do
    "unexpected sequence at position #{position}: #{inspect(token)}"
  end

  def message(%__MODULE__{data: data, position: position}) when position == byte_size(data) do
    "unexpected end of input at position #{position}"
  end

  def message(%__MODULE__{data: data, position: position}) do
    byte = :binary.at(data, position)
    printable = <<byte>>

    if String.printable?(printable) do
      "unexpected byte at position #{position}: 0x#{Integer.to_string(byte, 16)} (#{inspect(printable)})"
    else
      "unexpected byte at position #{position}: 0x#{Integer.to_string(byte, 16)}"
    end
  end
end

defmodule Jot.EncodeError do
  defexception [:message]

  @type t :: %__MODULE__{message: String.t()}

  def new({:duplicate_key, key}), do: %__MODULE__{message: "duplicate key: #{key}"}

  def new({:invalid_byte, byte, original}) do
    %__MODULE__{message: "invalid byte 0x#{Integer.to_string(byte, 16)} in #{inspect(original)}"}
  end
end
