defmodule Cellar.Type do
  @moduledoc """
  Types of fields: the built-in ones, and modules that implement this behaviour.
  """

  @type primitive :: :id | :integer | :float | :boolean | :string | :map | :decimal | :date | :utc_datetime
  @type t :: primitive() | module() | {:array, t()} | {:enum, [atom()]}

  @doc "The primitive type that the storage sees."
  @callback type() :: t()

  @doc "From what a user gave."
  @callback cast(term()) :: {:ok, term()} | :error

  @doc "To the storage."
  @callback dump(term()) :: {:ok, term()} | :error

  @doc "From the storage."
  @callback load(term()) :: {:ok, term()} | :error

  @callback equal?(term(), term()) :: boolean()

  @optional_callbacks equal?: 2

  @primitives [:id, :integer, :float, :boolean, :string, :map, :date, :utc_datetime, :any]

  defguard is_primitive(type) when type in @primitives

  @spec cast(t(), term()) :: {:ok, term()} | :error
  def cast(_type, nil), do: {:ok, nil}
  def cast(:any, value), do: {:ok, value}

  def cast(integer, value) when integer in [:integer, :id] do
    case value do
      value when is_integer(value) -> {:ok, value}
      value when is_binary(value) -> parse(Integer, value)
      _ -> :error
    end
  end

  def cast(:float, value) when is_float(value), do: {:ok, value}
  def cast(:float, value) when is_integer(value), do: {:ok, value / 1}
  def cast(:float, value) when is_binary(value), do: parse(Float, value)
  def cast(:boolean, value) when is_boolean(value), do: {:ok, value}
  def cast(:boolean, value) when value in ~w(true 1), do: {:ok, true}
  def cast(:boolean, value) when value in ~w(false 0), do: {:ok, false}
  def cast(:string, value) when is_binary(value), do: {:ok, value}
  def cast(:map, %{} = value), do: {:ok, value}
  def cast(:date, %Date{} = date), do: {:ok, date}
  def cast(:date, value) when is_binary(value), do: value |> Date.from_iso8601() |> drop_reason()

  def cast(:utc_datetime, %DateTime{} = value), do: {:ok, DateTime.truncate(value, :second)}

  def cast(:utc_datetime, value) when is_binary(value) do
    with {:ok, datetime, _offset} <- DateTime.from_iso8601(value) do
      {:ok, DateTime.truncate(datetime, :second)}
    else
      {:error, _} -> :error
    end
  end

  def cast({:array, inner}, list) when is_list(list) do
    list
    |> Enum.reduce_while([], fn item, acc ->
      case cast(inner, item) do
        {:ok, value} -> {:cont, [value | acc]}
        :error -> {:halt, :error}
      end
    end)
    |> then(fn
      :error -> :error
      values -> {:ok, Enum.reverse(values)}
    end)
  end

  def cast({:enum, values}, value) do
    case Enum.find(values, &(&1 == value or Atom.to_string(&1) == value)) do
      nil -> :error
      found -> {:ok, found}
    end
  end

  def cast(module, value) when is_atom(module) and not is_primitive(module), do: module.cast(value)
  def cast(_type, _value), do: :error

  def cast!(type, value) do
    case cast(type, value) do
      {:ok, value} -> value
      :error -> raise Cellar.CastError, type: type, value: value
    end
  end

  @spec dump(t(), term()) :: {:ok, term()} | :error
  def dump(_type, nil), do: {:ok, nil}
  def dump({:enum, _}, value), do: {:ok, Atom.to_string(value)}
  def dump(type, value) when is_primitive(type) or is_tuple(type), do: {:ok, value}
  def dump(module, value), do: module.dump(value)

  @spec load(t(), term()) :: {:ok, term()} | :error
  def load(_type, nil), do: {:ok, nil}
  def load({:enum, _} = type, value), do: cast(type, value)
  def load(type, value) when is_primitive(type) or is_tuple(type), do: {:ok, value}
  def load(module, value), do: module.load(value)

  @spec equal?(t(), term(), term()) :: boolean()
  def equal?(type, left, right) when is_atom(type) and not is_primitive(type) do
    if function_exported?(type, :equal?, 2), do: type.equal?(left, right), else: left == right
  end

  def equal?(_type, left, right), do: left == right

  defp parse(module, text) do
    case module.parse(text) do
      {number, ""} -> {:ok, number}
      _ -> :error
    end
  end

  defp drop_reason({:ok, _} = ok), do: ok
  defp drop_reason({:error, _}), do: :error
end
