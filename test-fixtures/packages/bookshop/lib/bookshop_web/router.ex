defmodule BookshopWeb.Router do
  use BookshopWeb, :router

  alias BookshopWeb.Plugs.CurrentUser

  pipeline :browser do
    plug :accepts, ["html"]
    plug :fetch_flash
    plug CurrentUser
  end

  pipeline :api do
    plug :accepts, ["json"]
    plug CurrentUser, session: false
  end

  scope "/", BookshopWeb do
    pipe_through :browser

    get "/", PageController, :home
    get "/about", PageController, :about

    resources "/books", BookController do
      resources "/reviews", ReviewController, only: [:create]
    end

    post "/login", SessionController, :create
    delete "/login", SessionController, :delete
  end

  scope "/api", BookshopWeb, as: :api do
    pipe_through [:api]

    resources "/books", BookController, only: [:index, :show]
    get "/orders", OrderController, :index
    post "/orders", OrderController, :create
  end

  forward "/health", BookshopWeb.Plugs.Health, deep: false
end
