defmodule Courier.Headers do
  @moduledoc false

  # Names are kept in lower case, values as lists, in the order in which they came.

  @type t :: %{optional(String.t()) => [String.t()]}

  @spec new(Enumerable.t()) :: t()
  def new(pairs), do: Enum.reduce(pairs, %{}, fn {name, value}, acc -> add(acc, name, value) end)

  @spec put(t(), String.t() | atom(), String.Chars.t()) :: t()
  def put(headers, name, value), do: Map.put(headers, normalize(name), [to_string(value)])

  def put_new(headers, name, value), do: Map.put_new(headers, normalize(name), [to_string(value)])

  def add(headers, name, values) when is_list(values), do: Enum.reduce(values, headers, &add(&2, name, &1))

  def add(headers, name, value) do
    Map.update(headers, normalize(name), [to_string(value)], &(&1 ++ [to_string(value)]))
  end

  def get(headers, name, default \\ nil) do
    case headers[normalize(name)] do
      [value | _] -> value
      _ -> default
    end
  end

  def delete(headers, name), do: Map.delete(headers, normalize(name))

  def to_list(headers), do: for({name, values} <- headers, value <- values, do: {name, value})

  defp normalize(name) when is_atom(name), do: name |> Atom.to_string() |> String.replace("_", "-") |> normalize()
  defp normalize(name) when is_binary(name), do: String.downcase(name, :ascii)
end
