defmodule Harbor.HTML.Tags do
  @moduledoc false

  # Turns components, attributes in braces and `:if`, `:for`, `:let` into plain EEx.

  @void ~w(area base br col hr img input link meta source wbr)

  @spec to_eex(String.t()) :: String.t()
  def to_eex(template), do: template |> text([], []) |> IO.iodata_to_binary()

  # text(rest, stack, acc): the stack has {tag, what closes it}
  defp text("", [], acc), do: Enum.reverse(acc)
  defp text("", [{tag, _} | _], _acc), do: error("<#{tag}> is never closed")

  defp text("<%" <> rest, stack, acc) do
    [code, rest] = String.split(rest, "%>", parts: 2)
    text(rest, stack, ["<%" <> code <> "%>" | acc])
  end

  defp text("<!" <> rest, stack, acc) do
    [inside, rest] = String.split(rest, ">", parts: 2)
    text(rest, stack, ["<!" <> inside <> ">" | acc])
  end

  defp text("</" <> rest, stack, acc) do
    [name, rest] = String.split(rest, ">", parts: 2)

    case stack do
      [{^name, closing} | stack] -> text(rest, stack, [closing | acc])
      _ -> error("unexpected </#{name}>")
    end
  end

  defp text(<<?<, char, _::bits>> = tag, stack, acc) when char in ?a..?z or char in ?A..?Z or char == ?. do
    <<?<, rest::bits>> = tag
    {name, rest} = take(rest, "")
    {attrs, rest} = attributes(rest, [])
    {special, attrs} = Enum.split_with(attrs, &match?({":" <> _, _}, &1))
    {before, behind} = wrap(Map.new(special))

    case {rest, component?(name)} do
      {"/>" <> rest, true} -> text(rest, stack, [[before, "<%= ", call(name, attrs, nil), " %>", behind] | acc])
      {"/>" <> rest, false} -> text(rest, stack, [[before, plain(name, attrs), "/>", behind] | acc])
      {">" <> rest, true} -> open_component(name, attrs, special, rest, stack, acc, {before, behind})
      {">" <> rest, false} when name in @void -> text(rest, stack, [[before, plain(name, attrs), ">", behind] | acc])
      {">" <> rest, false} -> text(rest, [{name, ["</", name, ">", behind]} | stack], [[before, plain(name, attrs), ">"] | acc])
    end
  end

  defp text("{" <> rest, stack, acc) do
    {code, rest} = braces(rest, 0, "")
    text(rest, stack, [["<%= ", code, " %>"] | acc])
  end

  defp text(<<char::utf8, rest::bits>>, stack, acc), do: text(rest, stack, [<<char::utf8>> | acc])

  defp open_component(name, attrs, special, rest, stack, acc, {before, behind}) do
    {_, {:code, pattern}} = List.keyfind(special, ":let", 0, {":let", {:code, "_"}})
    [head, tail] = name |> call(attrs, "\0") |> String.split("\0")
    opening = [before, "<%= ", head, "fn #{pattern} -> %>"]
    text(rest, [{name, ["<% end", tail, " %>", behind]} | stack], [opening | acc])
  end

  defp component?("." <> _), do: true
  defp component?(<<char, _::bits>>), do: char in ?A..?Z

  defp call("." <> name, attrs, inner), do: call(name, attrs, inner)

  defp call(name, attrs, inner) do
    pairs = for {key, value} <- attrs, do: [String.replace(key, "-", "_"), ": ", value(value), ", "]
    inner = if inner, do: "inner_block: #{inner}", else: "inner_block: nil"
    IO.iodata_to_binary([name, "(%{", pairs, inner, "})"])
  end

  defp value({:code, code}), do: code
  defp value({:text, text}), do: inspect(text)
  defp value(true), do: "true"

  defp plain(name, attrs) do
    ["<", name | for({key, value} <- attrs, do: plain_attribute(key, value))]
  end

  defp plain_attribute(key, {:code, code}), do: ["<%= {:safe, Harbor.HTML.attributes([{", inspect(key), ", ", code, "}])} %>"]
  defp plain_attribute(key, {:text, text}), do: [" ", key, "=\"", text, "\""]
  defp plain_attribute(key, true), do: [" ", key]

  defp wrap(%{":for" => {:code, generator}} = special) do
    {before, behind} = special |> Map.delete(":for") |> wrap()
    {["<%= for ", generator, " do %>", before], [behind, "<% end %>"]}
  end

  defp wrap(%{":if" => {:code, condition}}), do: {["<%= if ", condition, " do %>"], "<% end %>"}
  defp wrap(%{}), do: {"", ""}

  defp attributes(<<space, rest::bits>>, acc) when space in ' \n\t\r', do: attributes(rest, acc)
  defp attributes(">" <> _ = rest, acc), do: {Enum.reverse(acc), rest}
  defp attributes("/>" <> _ = rest, acc), do: {Enum.reverse(acc), rest}

  defp attributes(rest, acc) do
    case take(rest, "") do
      {name, "={" <> rest} ->
        {code, rest} = braces(rest, 0, "")
        attributes(rest, [{name, {:code, code}} | acc])

      {name, "=\"" <> rest} ->
        [value, rest] = String.split(rest, "\"", parts: 2)
        attributes(rest, [{name, {:text, value}} | acc])

      {"", _} ->
        error("cannot read attributes at #{String.slice(rest, 0, 20)}")

      {name, rest} ->
        attributes(rest, [{name, true} | acc])
    end
  end

  defp take(<<char, rest::bits>>, acc) when char in ?a..?z or char in ?A..?Z or char in ?0..?9 or char in '.-_:!?@' do
    take(rest, <<acc::binary, char>>)
  end

  defp take(rest, acc), do: {acc, rest}

  defp braces("}" <> rest, 0, acc), do: {acc, rest}
  defp braces("}" <> rest, depth, acc), do: braces(rest, depth - 1, acc <> "}")
  defp braces("{" <> rest, depth, acc), do: braces(rest, depth + 1, acc <> "{")
  defp braces(<<char::utf8, rest::bits>>, depth, acc), do: braces(rest, depth, acc <> <<char::utf8>>)
  defp braces("", _, _), do: error("{ is never closed")

  defp error(message), do: raise(EEx.SyntaxError, message: message)
end
