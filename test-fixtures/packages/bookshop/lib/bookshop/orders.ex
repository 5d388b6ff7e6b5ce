defmodule Bookshop.Orders do
  @moduledoc "From a cart to a parcel."

  alias Bookshop.{Accounts.User, Money, Repo}
  alias Bookshop.Catalog.Book
  alias Bookshop.Workers.Receipt
  alias Cellar.Multi

  alias __MODULE__.Cart
  alias __MODULE__.LineItem
  alias __MODULE__.Order, as: PlacedOrder

  import Cellar.Query, only: [from: 2, preload: 2]
  require PlacedOrder
  require Logger, as: Log

  @doc """
  Places an order: books leave the stock, a receipt will be sent.
  """
  @spec place(Cart.t(), User.t()) :: {:ok, PlacedOrder.t()} | {:error, :empty | {atom(), term()}}
  def place(%Cart{} = cart, %User{} = user) do
    if Cart.empty?(cart) do
      {:error, :empty}
    else
      cart
      |> multi(user)
      |> Repo.transaction()
      |> case do
        {:ok, %{order: order, receipt: _job}} ->
          {:ok, Repo.preload(order, line_items: :book)}

        {:error, step, %Cellar.Changeset{errors: errors}, _so_far} ->
          Log.info("order of user #{user.id} failed at #{step}")
          {:error, {step, errors}}
      end
    end
  end

  defp multi(cart, user) do
    base = Multi.insert(Multi.new(), :order, %PlacedOrder{user_id: user.id, total: Cart.total(cart)})

    cart
    |> Enum.reduce(base, fn {%Book{id: id} = book, quantity}, multi ->
      multi
      |> Multi.update(:"stock_#{id}", Book.stock_changeset(book, -quantity))
      |> Multi.insert(:"line_#{id}", fn %{order: order} ->
        %LineItem{order_id: order.id, book_id: id, quantity: quantity, price: book.price}
      end)
    end)
    |> Multi.run(:receipt, fn _repo, %{order: order} ->
      Drover.insert(Bookshop.Jobs, Receipt.new(%{order: order.id}))
    end)
  end

  def get_order!(id), do: PlacedOrder |> preload([:user, line_items: :book]) |> Repo.get!(id)

  @spec list_orders(User.t()) :: [PlacedOrder.t()]
  def list_orders(user) do
    query = from o in PlacedOrder, where: o.user_id == ^user.id, order_by: [desc: o.id], preload: :line_items
    Repo.all(query)
  end

  def pay(%PlacedOrder{} = order), do: move(order, :paid)
  def send_parcel(%PlacedOrder{} = order), do: move(order, :sent)

  def cancel(order) when PlacedOrder.is_open(order), do: move(order, :cancelled)
  def cancel(%PlacedOrder{}), do: {:error, :too_late}

  defp move(order, state) do
    order |> PlacedOrder.transition(state) |> Repo.update()
  end

  @doc "What was sold, by state."
  @spec revenue() :: %{optional(atom()) => Money.t()}
  def revenue do
    PlacedOrder
    |> Repo.all()
    |> Enum.group_by(& &1.state, &Map.fetch!(&1, :total))
    |> Map.new(fn {state, totals} -> {state, Money.sum(totals)} end)
  end

  # The same short name means two modules, each in its own function.
  def export(:orders) do
    alias Bookshop.Orders.Order, as: Row
    for %Row{} = row <- Repo.all(Row), do: {row.id, row.total}
  end

  def export(:items) do
    alias Bookshop.Orders.LineItem, as: Row
    for %Row{} = row <- Repo.all(Row), do: {row.id, row.quantity}
  end
end
