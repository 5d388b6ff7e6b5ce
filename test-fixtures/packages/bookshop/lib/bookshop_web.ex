defmodule BookshopWeb do
  @moduledoc """
  What controllers, components and so on of the shop have in common.

      use BookshopWeb, :controller
      use BookshopWeb, :html
  """

  def router do
    quote do
      use Harbor.Router

      import Harbor.Controller, only: [accepts: 2, fetch_flash: 2]
    end
  end

  def controller do
    quote do
      use Harbor.Controller, formats: [:html, :json]

      alias BookshopWeb.Router.Helpers, as: Routes
      import BookshopWeb.Plugs.CurrentUser, only: [require_user: 2, require_clerk: 2]

      plug :put_shop_layout

      defp put_shop_layout(conn, _opts), do: put_layout(conn, {BookshopWeb.Layouts, :root})

      unquote(verified_routes())
    end
  end

  def html do
    quote do
      use Harbor.Component

      unquote(html_helpers())
    end
  end

  def plug do
    quote do
      @behaviour Harbor.Plug
      import Harbor.Conn
    end
  end

  defp html_helpers do
    quote do
      import BookshopWeb.CoreComponents
      alias Bookshop.Money

      unquote(verified_routes())
    end
  end

  def verified_routes do
    quote do
      use Harbor.VerifiedRoutes, router: BookshopWeb.Router
    end
  end

  @doc """
  When used, dispatch to the appropriate function.
  """
  defmacro __using__(which) when is_atom(which), do: apply(__MODULE__, which, [])
end
