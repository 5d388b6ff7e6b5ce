defmodule Shop.Web do
  def controller do
    quote do
      import Shop.Web.Params
      alias Shop.Web.Router.Helpers, as: Routes
      unquote(shared())
    end
  end

  def view(opts) do
    helpers = Keyword.get(opts, :helpers, Shop.Web.Defaults)

    quote do
      import unquote(helpers)
      unquote(shared())
    end
  end

  defp shared do
    quote do
      import Shop.Web.Gettext, only: [gettext: 1]
      require Logger
    end
  end

  defmacro __using__(which) when is_atom(which), do: apply(__MODULE__, which, [])
end

defmodule Shop.Web.Params do
  def param!(params, key), do: Map.fetch!(params, key)
end

defmodule Shop.Web.Gettext do
  def gettext(text), do: text
end

defmodule Shop.Web.PageController do
  use Shop.Web, :controller

  def show(conn, params) do
    Logger.info("show")
    conn |> redirect(to: Routes.page_path(conn, :show)) |> param!(:id)
    gettext("Shown")
  end
end

defmodule Shop.Service do
  defmacro __using__(opts) do
    repo = Keyword.get(opts, :repo, Shop.Repo)

    quote do
      use GenServer
      @behaviour Shop.Service
      alias unquote(repo), as: Store
      import unquote(__MODULE__)

      def start(arg \\ []), do: GenServer.start_link(__MODULE__, arg)
      def init(arg), do: {:ok, arg}
      defoverridable init: 1
    end
  end

  def ask(server), do: GenServer.call(server, :ask)
end

defmodule Shop.Stock do
  use Shop.Service, repo: Shop.StockRepo

  def boot do
    {:ok, pid} = start()
    start([1]) |> ask()
    Store.all(Item)
    pid
  end

  def init(arg), do: super(arg)
end
