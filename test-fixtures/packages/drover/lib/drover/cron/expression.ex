defmodule Drover.Cron.Expression do
  @moduledoc "`minute hour day month weekday`, with `*`, lists, ranges and steps."

  @fields [:minutes, :hours, :days, :months, :weekdays]
  @enforce_keys @fields
  defstruct @fields

  @type t :: %__MODULE__{
          minutes: MapSet.t(0..59),
          hours: MapSet.t(0..23),
          days: MapSet.t(1..31),
          months: MapSet.t(1..12),
          weekdays: MapSet.t(0..6)
        }

  @ranges [0..59, 0..23, 1..31, 1..12, 0..6]
  @weekdays ~w(sun mon tue wed thu fri sat)
  @months ~w(jan feb mar apr may jun jul aug sep oct nov dec)
  @names Map.merge(
           for({name, number} <- Enum.with_index(@weekdays), into: %{}, do: {name, number}),
           for({name, number} <- Enum.with_index(@months, 1), into: %{}, do: {name, number})
         )

  @doc """
  Reads an expression.

      iex> {:ok, %Drover.Cron.Expression{}} = Drover.Cron.Expression.parse("*/15 8-17 * * mon,fri")
  """
  @spec parse(String.t()) :: {:ok, t()} | {:error, String.t()}
  def parse("@hourly"), do: parse("0 * * * *")
  def parse("@daily"), do: parse("0 0 * * *")

  def parse(text) when is_binary(text) do
    parts = String.split(text)

    if length(parts) == length(@fields) do
      sets = for {part, range} <- Enum.zip(parts, @ranges), do: part |> String.split(",") |> Enum.flat_map(&part(&1, range)) |> MapSet.new()
      {:ok, struct!(__MODULE__, Enum.zip(@fields, sets))}
    else
      {:error, "expected five fields, got: #{inspect(text)}"}
    end
  catch
    {:bad_part, part} -> {:error, "cannot read #{inspect(part)} in #{inspect(text)}"}
  end

  @spec parse!(String.t()) :: t() | no_return
  def parse!(text) do
    with {:error, message} <- parse(text), do: raise(ArgumentError, message), else: ({:ok, expression} -> expression)
  end

  @spec match?(t(), DateTime.t()) :: boolean()
  def match?(%__MODULE__{} = expression, %{minute: minute, hour: hour, day: day, month: month} = datetime) do
    weekday = datetime |> DateTime.to_date() |> Date.day_of_week(:sunday) |> Kernel.-(1)

    minute in expression.minutes and hour in expression.hours and day in expression.days and
      month in expression.months and weekday in expression.weekdays
  end

  defp part("*", range), do: range

  defp part("*/" <> step, first..last), do: first..last//number(step)

  defp part(part, first..last) do
    case String.split(part, ["-", "/"]) do
      [one] -> [within(number(one), first, last, part)]
      [from, to] -> within(number(from), first, last, part)..within(number(to), first, last, part)//1
      [from, to, step] -> number(from)..number(to)//number(step)
    end
  end

  defp number(text) do
    case Integer.parse(text) do
      {number, ""} -> number
      _ -> Map.get_lazy(@names, String.downcase(text), fn -> throw({:bad_part, text}) end)
    end
  end

  defp within(number, first, last, _part) when number in first..last, do: number
  defp within(_, _, _, part), do: throw({:bad_part, part})
end
