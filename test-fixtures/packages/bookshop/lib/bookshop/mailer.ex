defmodule Bookshop.Mailer do
  @moduledoc "Letters to readers."

  defmodule Mail do
    @moduledoc false
    @enforce_keys [:to, :subject]
    defstruct [:to, :subject, text: "", headers: []]
    @type t :: %__MODULE__{to: String.t(), subject: String.t(), text: String.t(), headers: keyword()}
  end

  @callback deliver(Mail.t()) :: :ok | {:error, term()}

  @adapter Application.compile_env(:bookshop, :mailer, Bookshop.Mailer.Memory)

  @spec deliver(Mail.t()) :: :ok | {:error, term()}
  def deliver(%Mail{} = mail) do
    :pulse.span([:bookshop, :mail], %{to: mail.to}, fn -> {@adapter.deliver(mail), %{}} end)
  end

  @spec receipt(Bookshop.Orders.Order.t()) :: Mail.t()
  def receipt(%{user: user, line_items: items, total: total, id: id}) do
    lines =
      Enum.map_join(items, "\n", fn %{quantity: quantity, book: book, price: price} ->
        "  #{quantity} × #{book.title}, #{price} each"
      end)

    %__MODULE__.Mail{
      to: user.email,
      subject: "Your order ##{id}",
      text: """
      Dear #{user.name || "reader"},

      you ordered:

      #{lines}

      Total: #{total}
      """
    }
  end
end
