defmodule Jot do
  @moduledoc """
  Reads and writes JSON.

  Values are written through the `Jot.Encoder` protocol, so that any struct can
  say what it looks like. Reading gives maps with string keys unless told
  otherwise:

      iex> Jot.decode!(~S({"a": 1}), keys: :atoms!)
      %{a: 1}
  """

  alias Jot.{DecodeError, Decoder, Encode, EncodeError, Formatter}

  @type encode_opt :: {:escape, :json | :html_safe | :unicode_safe} | {:pretty, boolean()}
  @type decode_opt :: {:keys, :strings | :atoms | :atoms! | (String.t() -> term())}

  @doc """
  Encodes a term.

  ## Options

    * `:escape` - `:json` (default), `:html_safe` or `:unicode_safe`
    * `:pretty` - whether to put white space between the parts

  """
  @spec encode(term(), [encode_opt()]) :: {:ok, String.t()} | {:error, EncodeError.t() | Exception.t()}
  def encode(term, opts \\ []) do
    {:ok, encode!(term, opts)}
  rescue
    error in [EncodeError, Protocol.UndefinedError] -> {:error, error}
  end

  @doc "As `encode/2`, but raises."
  @spec encode!(term(), [encode_opt()]) :: String.t() | no_return()
  def encode!(term, opts \\ []) do
    term |> encode_to_iodata!(opts) |> IO.iodata_to_binary()
  end

  @doc "The encoded term as iodata, for sockets and files."
  @spec encode_to_iodata!(term(), [encode_opt()]) :: iodata()
  def encode_to_iodata!(term, opts \\ []) do
    {pretty?, opts} = Keyword.pop(opts, :pretty, false)
    encoded = Encode.encode(term, Map.new(opts))

    if pretty? do
      Formatter.pretty_print(encoded)
    else
      encoded
    end
  end

  @spec decode(iodata(), [decode_opt()]) :: {:ok, term()} | {:error, DecodeError.t()}
  def decode(input, opts \\ []) do
    input
    |> IO.iodata_to_binary()
    |> Decoder.parse(Map.new(opts))
  end

  @spec decode!(iodata(), [decode_opt()]) :: term() | no_return()
  def decode!(input, opts \\ []) do
    case decode(input, opts) do
      {:ok, term} -> term
      {:error, %DecodeError{} = error} -> raise error
    end
  end

  defdelegate pretty_print(iodata), to: Formatter
  defdelegate minimise(iodata), to: Formatter, as: :minimize
end
