defmodule Shop.Repo do
  def get!(schema, id, opts \\ []), do: {schema, id, opts}
end

defmodule Shop.Orders do
  alias Shop.Repo
  alias Shop.{Cart, Cart.Line}
  alias Shop.Mailer, as: Post
  alias __MODULE__.Draft
  alias Shop.Never, warn: false

  defmodule Draft do
    defstruct [:lines]
    def new, do: %__MODULE__{lines: []}
    def merge(%Draft{} = a, %Shop.Orders.Draft{} = b), do: %Draft{a | lines: a.lines ++ b.lines}
  end

  def find(id) do
    Repo.get!(Line, id)
    id |> Repo.get!([]) |> deliver()
  end

  def find_local(id) do
    alias Elsewhere.Repo
    Repo.get!(Cart, id)
  end

  def found(id), do: Repo.get!(Draft, id, prefix: "old")

  def deliver(order, tries \\ 3)
  def deliver(order, 0), do: {:error, order}

  def deliver(order, tries) do
    if fun = Post.driver() do
      alias Shop.Other, as: Post
      fun.(Post.deliver(order))
    end

    Post.deliver(order)
    deliver(order, tries - 1)
  end

  def handlers do
    [&deliver/1, &Post.deliver/1, &__MODULE__.find/1, &(&1 |> deliver), {__MODULE__, :find, [1]}]
  end

  def later(order), do: apply(Post, :deliver, [order])
  def erlang(list), do: list |> :lists.sort() |> :lists.nth(1)
end

defmodule Shop.Orders.Report do
  alias Shop.Orders.Draft, as: D
  require Shop.Log, as: Log

  @behaviour Shop.Printer
  @limit 10
  @repo Shop.Repo

  @type t :: %D{} | line()
  @typep line :: Shop.Cart.Line.t()
  @opaque handle(a) :: {a, t}
  @callback print(t(), keyword()) :: :ok

  @spec top(t) :: [line]
  def top(report), do: Enum.take(report.lines, @limit)

  @impl Shop.Printer
  def print(_report, _opts) do
    Log.debug(fn -> "printed" end)
    @repo.get!(D, 1)
  end
end
