defmodule Harbor.HTML do
  @moduledoc "Text that is safe to show."

  @type safe :: {:safe, iodata()}

  @spec raw(iodata() | safe()) :: safe()
  def raw({:safe, _} = safe), do: safe
  def raw(value), do: {:safe, value}

  @spec escape(term()) :: iodata()
  def escape({:safe, iodata}), do: iodata
  def escape(term), do: Harbor.HTML.Safe.to_iodata(term)

  @spec to_iodata(safe() | term()) :: iodata()
  def to_iodata(term), do: escape(term)

  @spec escape_text(binary()) :: iodata()
  def escape_text(binary), do: for(<<byte <- binary>>, do: escape_byte(byte))

  @doc false
  def attributes(pairs) do
    for {name, value} <- pairs, value not in [nil, false] do
      if value == true, do: [?\s, to_string(name)], else: [?\s, to_string(name), "=\"", escape(value), ?"]
    end
  end

  for {char, entity} <- [{?<, "&lt;"}, {?>, "&gt;"}, {?&, "&amp;"}, {?", "&quot;"}, {?', "&#39;"}] do
    defp escape_byte(unquote(char)), do: unquote(entity)
  end

  defp escape_byte(byte), do: byte
end

defprotocol Harbor.HTML.Safe do
  @spec to_iodata(t()) :: iodata()
  def to_iodata(data)
end

defimpl Harbor.HTML.Safe, for: BitString do
  defdelegate to_iodata(data), to: Harbor.HTML, as: :escape_text
end

defimpl Harbor.HTML.Safe, for: Atom do
  def to_iodata(nil), do: ""
  def to_iodata(atom), do: atom |> Atom.to_string() |> Harbor.HTML.escape_text()
end

defimpl Harbor.HTML.Safe, for: [Integer, Float] do
  def to_iodata(number), do: String.Chars.to_string(number)
end

defimpl Harbor.HTML.Safe, for: List do
  def to_iodata(list), do: Enum.map(list, &Harbor.HTML.escape/1)
end
