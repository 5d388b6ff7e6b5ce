defmodule Jot.Decoder do
  @moduledoc false

  # A recursive reader over sub-binaries. Positions are found at the end, from
  # what is left of the input, so that the happy path carries no counter.

  alias Jot.DecodeError

  @whitespace ' \t\n\r'
  @digits ?0..?9

  defguardp is_digit(byte) when byte in @digits
  defguardp is_space(byte) when byte in @whitespace

  @type keys :: :strings | :atoms | :atoms! | (String.t() -> term())

  @spec parse(binary(), %{optional(:keys) => keys()}) :: {:ok, term()} | {:error, DecodeError.t()}
  def parse(data, opts) when is_binary(data) do
    key_fun = key_fun(Map.get(opts, :keys, :strings))

    {value, rest} = data |> skip() |> value(key_fun)

    case skip(rest) do
      <<>> -> {:ok, value}
      trailing -> throw({:unexpected, trailing})
    end
  catch
    {:unexpected, rest} ->
      {:error, %DecodeError{data: data, position: byte_size(data) - byte_size(rest)}}

    {:token, token, rest} ->
      {:error, %DecodeError{data: data, token: token, position: byte_size(data) - byte_size(rest)}}
  end

  defp key_fun(:strings), do: & &1
  defp key_fun(:atoms), do: &String.to_atom/1
  defp key_fun(:atoms!), do: &String.to_existing_atom/1
  defp key_fun(fun) when is_function(fun, 1), do: fun

  defp skip(<<byte, rest::bits>>) when is_space(byte), do: skip(rest)
  defp skip(rest), do: rest

  defp value(<<?", rest::bits>>, _keys), do: string(rest, rest, 0, [])
  defp value(<<?{, rest::bits>>, keys), do: rest |> skip() |> object(keys, [])
  defp value(<<?[, rest::bits>>, keys), do: rest |> skip() |> array(keys, [])
  defp value(<<"true", rest::bits>>, _keys), do: {true, rest}
  defp value(<<"false", rest::bits>>, _keys), do: {false, rest}
  defp value(<<"null", rest::bits>>, _keys), do: {nil, rest}

  defp value(<<byte, _::bits>> = data, _keys) when is_digit(byte) or byte == ?- do
    number(data)
  end

  defp value(rest, _keys), do: throw({:unexpected, rest})

  defp object(<<?}, rest::bits>>, _keys, []), do: {%{}, rest}

  defp object(<<?", rest::bits>>, keys, acc) do
    {key, rest} = string(rest, rest, 0, [])

    with <<?:, rest::bits>> <- skip(rest),
         {value, rest} <- rest |> skip() |> value(keys) do
      acc = [{keys.(key), value} | acc]

      case skip(rest) do
        <<?,, rest::bits>> -> rest |> skip() |> object(keys, acc)
        <<?}, rest::bits>> -> {Map.new(Enum.reverse(acc)), rest}
        other -> throw({:unexpected, other})
      end
    else
      other -> throw({:unexpected, other})
    end
  end

  defp object(rest, _keys, _acc), do: throw({:unexpected, rest})

  defp array(<<?], rest::bits>>, _keys, []), do: {[], rest}

  defp array(data, keys, acc) do
    {value, rest} = value(data, keys)

    case skip(rest) do
      <<?,, rest::bits>> -> rest |> skip() |> array(keys, [value | acc])
      <<?], rest::bits>> -> {Enum.reverse([value | acc]), rest}
      other -> throw({:unexpected, other})
    end
  end

  # `from` is where the current run of plain bytes begins, `length` how many there are.
  defp string(<<?", rest::bits>>, from, length, acc) do
    {IO.iodata_to_binary([acc | binary_part(from, 0, length)]), rest}
  end

  defp string(<<?\\, rest::bits>>, from, length, acc) do
    escape(rest, [acc | binary_part(from, 0, length)])
  end

  defp string(<<byte, _::bits>> = rest, _from, _length, _acc) when byte < 0x20 do
    throw({:unexpected, rest})
  end

  defp string(<<char::utf8, rest::bits>>, from, length, acc) do
    string(rest, from, length + utf8_size(char), acc)
  end

  defp string(rest, _from, _length, _acc), do: throw({:unexpected, rest})

  for {letter, char} <- [{?b, ?\b}, {?t, ?\t}, {?n, ?\n}, {?f, ?\f}, {?r, ?\r}, {?", ?"}, {?\\, ?\\}, {?/, ?/}] do
    defp escape(<<unquote(letter), rest::bits>>, acc) do
      string(rest, rest, 0, [acc, unquote(char)])
    end
  end

  # A pair of surrogates, then a lone unit.
  defp escape(<<?u, high::binary-size(4), ?\\, ?u, low::binary-size(4), rest::bits>> = all, acc) do
    case {hex(high, all), hex(low, all)} do
      {h, l} when h in 0xD800..0xDBFF and l in 0xDC00..0xDFFF ->
        char = 0x10000 + Bitwise.bsl(Bitwise.band(h, 0x3FF), 10) + Bitwise.band(l, 0x3FF)
        string(rest, rest, 0, [acc, <<char::utf8>>])

      {h, _} when h not in 0xD800..0xDFFF ->
        rest = <<"\\u", low::binary, rest::bits>>
        string(rest, rest, 0, [acc, <<h::utf8>>])

      _ ->
        throw({:token, "\\u" <> high, all})
    end
  end

  defp escape(<<?u, digits::binary-size(4), rest::bits>> = all, acc) do
    case hex(digits, all) do
      unit when unit in 0xD800..0xDFFF -> throw({:token, "\\u" <> digits, all})
      char -> string(rest, rest, 0, [acc, <<char::utf8>>])
    end
  end

  defp escape(rest, _acc), do: throw({:unexpected, rest})

  defp hex(digits, rest) do
    case Integer.parse(digits, 16) do
      {number, ""} -> number
      _ -> throw({:token, "\\u" <> digits, rest})
    end
  end

  defp utf8_size(char) when char < 0x80, do: 1
  defp utf8_size(char) when char < 0x800, do: 2
  defp utf8_size(char) when char < 0x10000, do: 3
  defp utf8_size(_char), do: 4

  @number ~r/\A-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/

  defp number(data) do
    case Regex.run(@number, data) do
      [integer] ->
        {String.to_integer(integer), rest_of(data, integer)}

      [float, fraction] when fraction != "" ->
        {String.to_float(float), rest_of(data, float)}

      [all, "", exponent] ->
        mantissa = String.trim_trailing(all, exponent)
        {String.to_float(mantissa <> ".0" <> exponent), rest_of(data, all)}

      [all, _fraction, _exponent] ->
        {String.to_float(all), rest_of(data, all)}

      nil ->
        throw({:unexpected, data})
    end
  rescue
    ArgumentError -> throw({:unexpected, data})
  end

  defp rest_of(data, token) do
    size = byte_size(token)
    <<_::binary-size(size), rest::bits>> = data
    rest
  end
end
