defmodule Bookshop.Catalog.ISBN do
  @moduledoc "Numbers of books, with thirteen digits, checked."

  @behaviour Cellar.Type

  @impl true
  def type, do: :string

  @impl true
  def cast(text) when is_binary(text) do
    digits = for <<digit <- text>>, digit in ?0..?9, do: digit - ?0
    if valid?(digits), do: {:ok, Enum.join(digits)}, else: :error
  end

  def cast(_), do: :error

  @impl true
  def dump(isbn), do: {:ok, isbn}

  @impl true
  def load(isbn), do: {:ok, isbn}

  @impl true
  def equal?(left, right), do: left == right

  @doc """
  Whether the last digit is the right one.

      iex> Bookshop.Catalog.ISBN.valid?([9, 7, 8, 0, 1, 4, 1, 4, 3, 9, 5, 8, 7])
      true
  """
  def valid?(digits) when length(digits) == 13 do
    digits
    |> Enum.zip(Stream.cycle([1, 3]))
    |> Enum.map(fn {digit, weight} -> digit * weight end)
    |> Enum.sum()
    |> rem(10) == 0
  end

  def valid?(_digits), do: false
end
