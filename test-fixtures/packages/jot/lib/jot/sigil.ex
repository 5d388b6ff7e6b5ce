defmodule Jot.Sigil do
  @moduledoc """
  JSON as a literal.

      iex> import Jot.Sigil
      iex> ~j({"a": 1})a
      %{a: 1}
  """

  @doc """
  Decoded while compiling, unless something is interpolated. Modifiers: `a` for
  atoms as keys.
  """
  defmacro sigil_j(term, modifiers)

  defmacro sigil_j({:<<>>, _meta, [json]}, modifiers) when is_binary(json) do
    Macro.escape(Jot.decode!(json, opts(modifiers)))
  end

  defmacro sigil_j({:<<>>, _meta, _pieces} = term, modifiers) do
    opts = opts(modifiers)
    quote(do: Jot.decode!(unquote(term), unquote(opts)))
  end

  defmacro sigil_J({:<<>>, _, [json]}, modifiers) do
    json |> Jot.decode!(opts(modifiers)) |> Macro.escape()
  end

  defp opts([]), do: []
  defp opts([?a]), do: [keys: :atoms]
  defp opts(other), do: raise(ArgumentError, "unknown modifiers: #{other}")
end
