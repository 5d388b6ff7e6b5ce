defmodule Jot.Formatter do
  @moduledoc """
  Puts white space into JSON, or takes it out, without reading it into terms.
  """

  import Kernel, except: [inspect: 1, inspect: 2]

  @type option :: {:indent, iodata()} | {:line_separator, iodata()}

  @default [indent: "  ", line_separator: "\n"]

  @spec pretty_print(iodata(), [option()]) :: iodata()
  def pretty_print(input, opts \\ []) do
    opts = Keyword.merge(@default, opts)
    format(IO.iodata_to_binary(input), 0, Map.new(opts), [])
  end

  @spec minimize(iodata()) :: iodata()
  def minimize(input) do
    input |> IO.iodata_to_binary() |> squeeze([])
  end

  defp format(<<>>, _depth, _opts, acc), do: acc

  defp format(<<space, rest::bits>>, depth, opts, acc) when space in ' \t\r\n' do
    format(rest, depth, opts, acc)
  end

  defp format(<<open, close, rest::bits>>, depth, opts, acc) when {open, close} in [{?{, ?}}, {?[, ?]}] do
    format(rest, depth, opts, [acc, open, close])
  end

  defp format(<<open, rest::bits>>, depth, opts, acc) when open in '{[' do
    format(rest, depth + 1, opts, [acc, open | line(depth + 1, opts)])
  end

  defp format(<<close, rest::bits>>, depth, opts, acc) when close in '}]' do
    format(rest, depth - 1, opts, [acc, line(depth - 1, opts), close])
  end

  defp format(<<?,, rest::bits>>, depth, opts, acc) do
    format(rest, depth, opts, [acc, ?, | line(depth, opts)])
  end

  defp format(<<?:, rest::bits>>, depth, opts, acc), do: format(rest, depth, opts, [acc | ": "])

  defp format(<<?", rest::bits>>, depth, opts, acc) do
    {string, rest} = take_string(rest, [])
    format(rest, depth, opts, [acc, ?", string])
  end

  defp format(<<byte, rest::bits>>, depth, opts, acc), do: format(rest, depth, opts, [acc, byte])

  defp line(depth, %{indent: indent, line_separator: separator}) do
    [separator | List.duplicate(indent, depth)]
  end

  defp squeeze(<<>>, acc), do: acc
  defp squeeze(<<space, rest::bits>>, acc) when space in ' \t\r\n', do: squeeze(rest, acc)

  defp squeeze(<<?", rest::bits>>, acc) do
    {string, rest} = take_string(rest, [])
    squeeze(rest, [acc, ?", string])
  end

  defp squeeze(<<byte, rest::bits>>, acc), do: squeeze(rest, [acc, byte])

  defp take_string(<<?", rest::bits>>, acc), do: {[acc, ?"], rest}
  defp take_string(<<?\\, byte, rest::bits>>, acc), do: take_string(rest, [acc, ?\\, byte])
  defp take_string(<<byte, rest::bits>>, acc), do: take_string(rest, [acc, byte])
  defp take_string(<<>>, acc), do: {acc, <<>>}
end
