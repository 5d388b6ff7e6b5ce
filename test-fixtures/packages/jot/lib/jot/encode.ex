defmodule Jot.Encode do
  @moduledoc """
  What encoders are made of.
  """

  alias Jot.{Encoder, EncodeError}

  @type escape :: :json | :html_safe | :unicode_safe
  @type opts :: %{optional(:escape) => escape(), optional(:maps) => :naive | :strict}

  @compile {:inline, string: 2, key: 1}

  @spec encode(term(), opts()) :: iodata()
  def encode(term, opts \\ %{}), do: Encoder.encode(term, opts)

  @spec list([term()], opts()) :: iodata()
  def list([], _opts), do: "[]"

  def list([head | tail], opts) do
    [?[, Encoder.encode(head, opts) | list_tail(tail, opts)]
  end

  defp list_tail([], _opts), do: [?]]
  defp list_tail([head | tail], opts), do: [?,, Encoder.encode(head, opts) | list_tail(tail, opts)]

  @spec map(map(), opts()) :: iodata()
  def map(%{} = map, opts) do
    if opts[:maps] == :strict, do: check_duplicates(map)

    map
    |> Map.to_list()
    |> keyword(opts)
  end

  @doc """
  Pairs become an object, in the order in which they come.
  """
  @spec keyword([{term(), term()}], opts()) :: iodata()
  def keyword([], _opts), do: "{}"

  def keyword(pairs, opts) do
    body =
      for {key, value} <- pairs do
        [string(key(key), opts), ?:, Encoder.encode(value, opts)]
      end

    [?{, Enum.intersperse(body, ?,), ?}]
  end

  defp key(key) when is_binary(key), do: key
  defp key(key) when is_atom(key), do: Atom.to_string(key)
  defp key(key), do: String.Chars.to_string(key)

  defp check_duplicates(map) do
    Enum.reduce(map, MapSet.new(), fn {key, _}, seen ->
      key = key(key)
      if key in seen, do: raise(EncodeError.new({:duplicate_key, key}))
      MapSet.put(seen, key)
    end)
  end

  @spec string(binary(), opts()) :: iodata()
  def string(binary, opts) do
    [?", escape(binary, Map.get(opts, :escape, :json), binary, []), ?"]
  end

  # The clauses for bytes that need an escape are made from this table.
  escapes = [{?\b, ~S(\b)}, {?\t, ~S(\t)}, {?\n, ~S(\n)}, {?\f, ~S(\f)}, {?\r, ~S(\r)}, {?", ~S(\")}, {?\\, ~S(\\)}]

  for {byte, escaped} <- escapes do
    defp escape(<<unquote(byte), rest::binary>>, mode, original, acc) do
      escape(rest, mode, original, [acc | unquote(escaped)])
    end
  end

  defp escape(<<?/, rest::bits>>, :html_safe, original, acc) do
    escape(rest, :html_safe, original, [acc | "\\/"])
  end

  defp escape(<<byte, rest::bits>>, mode, original, acc) when byte < 0x20 do
    escape(rest, mode, original, [acc, "\\u00", hex(byte, 2)])
  end

  defp escape(<<byte, rest::bits>>, mode, original, acc) when byte < 0x80 do
    escape(rest, mode, original, [acc, byte])
  end

  defp escape(<<char::utf8, rest::bits>>, mode, original, acc)
       when mode == :unicode_safe or char in [0x2028, 0x2029] do
    escape(rest, mode, original, [acc | unicode(char)])
  end

  defp escape(<<char::utf8, rest::bits>>, mode, original, acc) do
    escape(rest, mode, original, [acc | <<char::utf8>>])
  end

  defp escape(<<>>, _mode, _original, acc), do: acc

  defp escape(<<byte, _::bits>>, _mode, original, _acc) do
    raise EncodeError.new({:invalid_byte, byte, original})
  end

  defp unicode(char) when char > 0xFFFF do
    <<high::16, low::16>> = :unicode.characters_to_binary([char], :utf8, :utf16)
    ["\\u", hex(high, 4), "\\u", hex(low, 4)]
  end

  defp unicode(char), do: ["\\u", hex(char, 4)]

  defp hex(number, width) do
    number |> Integer.to_string(16) |> String.pad_leading(width, "0")
  end
end
