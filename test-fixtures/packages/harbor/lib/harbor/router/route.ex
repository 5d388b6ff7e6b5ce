defmodule Harbor.Router.Route do
  @moduledoc false

  @enforce_keys [:verb, :path, :plug, :action]
  defstruct [:verb, :path, :plug, :action, :helper, pipes: [], forward: false]

  @type t :: %__MODULE__{verb: atom(), path: [String.t()], plug: module(), action: term()}

  @doc "Patterns for method and path, and the map of params in terms of their variables."
  @spec patterns(t()) :: {Macro.t(), Macro.t(), Macro.t()}
  def patterns(%__MODULE__{verb: verb, path: path, forward: forward?}) do
    method = if verb == :*, do: quote(do: _), else: verb |> Atom.to_string() |> String.upcase()
    segments = Enum.map(path, &segment/1)
    params = for ":" <> name <- path, do: {name, Macro.var(String.to_atom(name), __MODULE__)}

    if forward? do
      rest = Macro.var(:rest, __MODULE__)
      {method, quote(do: [unquote_splicing(segments) | unquote(rest)]), {:%{}, [], [{:rest, rest} | params]}}
    else
      {method, segments, {:%{}, [], params}}
    end
  end

  defp segment(":" <> name), do: Macro.var(String.to_atom(name), __MODULE__)
  defp segment(literal), do: literal

  def params(%__MODULE__{path: path}), do: for(":" <> name <- path, do: String.to_atom(name))
end
