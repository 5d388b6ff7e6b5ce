defmodule Bookshop.OrdersTest do
  use Bookshop.DataCase
  use Drover.Testing, name: Bookshop.Jobs

  alias Bookshop.{Catalog.Book, Mailer, Money, Orders, Workers.Receipt}

  setup do
    %{user: user_fixture(), book: book_fixture()}
  end

  test "an order takes books from the stock and sends a receipt", %{user: user, book: book} do
    :ok = Drover.pause(Bookshop.Jobs, :mail)
    assert {:ok, order} = Bookshop.buy(user, book)
    assert order.total == Money.new(799)
    assert Repo.get!(Book, book.id).stock == 1
    id = order.id
    assert_enqueued Receipt, %{"order" => ^id}

    :ok = Drover.resume(Bookshop.Jobs, :mail)
    :ok = Drover.drain(Bookshop.Jobs, :mail)
    assert [%Mailer.Mail{subject: "Your order #" <> _, text: text}] = Mailer.Memory.sent()
    assert text =~ "1 × Emma, €7.99 each"
  end

  test "nothing is taken when one thing is missing", %{user: user, book: book} do
    cart = Orders.Cart.new() |> Orders.Cart.add(book, 3)
    assert {:error, {step, stock: _}} = Orders.place(cart, user)
    assert step == :"stock_#{book.id}"
    assert Repo.all(Orders.Order) == []
  end

  test "a receipt of no order is cancelled" do
    assert {:cancel, :no_such_order} = perform_job(Receipt, %{order: 0})
  end

  test "orders move on", %{user: user, book: book} do
    {:ok, order} = Bookshop.buy(user, book.id)
    {:ok, order} = Orders.pay(order)
    {:ok, order} = Orders.send_parcel(order)
    assert {:error, :too_late} = Orders.cancel(order)
    assert %{sent: %Money{amount: 799}} = Orders.revenue()
  end
end
