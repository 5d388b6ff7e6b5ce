defmodule Bookshop.Money do
  @moduledoc """
  An amount in the smallest unit of a currency.
  """

  import Kernel, except: [+: 2, *: 2]

  alias __MODULE__

  @behaviour Cellar.Type

  @enforce_keys [:amount]
  defstruct [:amount, currency: :EUR]

  @type currency :: :EUR | :USD | :GBP
  @type t :: %Money{amount: integer(), currency: currency()}

  @symbols %{EUR: "€", USD: "$", GBP: "£"}

  @doc "For guards: whether two amounts can be added."
  defguard same_currency(left, right) when left.currency == right.currency

  @spec new(integer(), currency()) :: t()
  def new(amount, currency \\ :EUR) when is_integer(amount), do: %Money{amount: amount, currency: currency}

  def zero(currency \\ :EUR), do: new(0, currency)

  @doc """
  Adds.

      iex> import Kernel, except: [+: 2]
      iex> import Bookshop.Money, only: [+: 2]
      iex> Bookshop.Money.new(1) + Bookshop.Money.new(2)
      %Bookshop.Money{amount: 3, currency: :EUR}
  """
  @spec t() + t() :: t()
  def (%Money{} = left) + (%Money{} = right) when same_currency(left, right) do
    %Money{left | amount: Kernel.+(left.amount, right.amount)}
  end

  @spec t() * integer() :: t()
  def (%Money{amount: amount} = money) * factor when is_integer(factor) do
    %{money | amount: Kernel.*(amount, factor)}
  end

  @spec sum(Enumerable.t()) :: t()
  def sum(amounts), do: Enum.reduce(amounts, zero(), &+/2)

  def convert(%Money{currency: same} = money, same, _rates), do: {:ok, money}

  def convert(%Money{amount: amount, currency: from}, to, rates) do
    case rates do
      %{^from => %{^to => rate}} -> {:ok, new(round(Kernel.*(amount, rate)), to)}
      %{} -> {:error, {:no_rate, from, to}}
    end
  end

  ## Cellar.Type

  @impl Cellar.Type
  def type, do: :map

  @impl Cellar.Type
  def cast(%Money{} = money), do: {:ok, money}
  def cast(amount) when is_integer(amount), do: {:ok, new(amount)}

  def cast(text) when is_binary(text) do
    case Float.parse(text) do
      {number, ""} -> {:ok, number |> Kernel.*(100) |> round() |> new()}
      _ -> :error
    end
  end

  def cast(_other), do: :error

  @impl Cellar.Type
  def dump(%Money{amount: amount, currency: currency}), do: {:ok, {amount, currency}}

  @impl Cellar.Type
  def load({amount, currency}), do: {:ok, new(amount, currency)}

  @doc false
  def symbol(%Money{currency: currency}), do: Map.fetch!(@symbols, currency)

  defimpl String.Chars do
    def to_string(%{amount: amount} = money) do
      cents = amount |> abs() |> rem(100) |> Integer.to_string() |> String.pad_leading(2, "0")
      "#{if amount < 0, do: "-"}#{Money.symbol(money)}#{amount |> abs() |> div(100)}.#{cents}"
    end
  end

  defimpl Inspect do
    import Inspect.Algebra

    def inspect(money, _opts), do: concat(["#Money<", String.Chars.to_string(money), ">"])
  end

  defimpl Jot.Encoder, for: __MODULE__ do
    def encode(%{amount: amount, currency: currency}, opts) do
      Jot.Encode.keyword([amount: amount, currency: currency], opts)
    end
  end

  defimpl Harbor.HTML.Safe do
    def to_iodata(money), do: money |> to_string() |> Harbor.HTML.escape_text()
  end
end
