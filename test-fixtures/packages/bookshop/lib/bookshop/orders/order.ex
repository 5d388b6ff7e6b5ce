defmodule Bookshop.Orders.Order do
  use Cellar.Schema

  alias Bookshop.{Accounts.User, Money, Orders.LineItem}

  @type t :: %__MODULE__{}
  @states [:placed, :paid, :sent, :cancelled]

  @derive {Jot.Encoder, only: [:id, :state, :total, :line_items]}
  schema "orders" do
    field :state, :enum, values: @states, default: :placed
    field :total, Money
    field :note
    belongs_to :user, User
    has_many :line_items, LineItem
    timestamps()
  end

  @transitions %{placed: [:paid, :cancelled], paid: [:sent, :cancelled], sent: [], cancelled: []}

  defguard is_open(order) when is_struct(order, __MODULE__) and order.state in [:placed, :paid]

  @spec transition(t(), atom()) :: Cellar.Changeset.t()
  def transition(%__MODULE__{state: from} = order, to) when to in @states do
    changeset = Cellar.Changeset.change(order, state: to)

    if to in @transitions[from] do
      changeset
    else
      Cellar.Changeset.add_error(changeset, :state, "cannot become %{to}", to: to)
    end
  end
end
