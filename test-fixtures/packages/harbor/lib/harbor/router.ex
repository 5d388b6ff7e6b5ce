defmodule Harbor.Router do
  @moduledoc """
  Which function answers which request.

      pipeline :api do
        plug :accepts, ["json"]
      end

      scope "/api", ShopWeb.API, as: :api do
        pipe_through :api

        resources "/books", BookController, except: [:new, :edit] do
          resources "/reviews", ReviewController, only: [:index]
        end
      end
  """

  alias Harbor.Plug.Builder
  alias Harbor.Router.{Helpers, NoRouteError, Route, Scope}

  @verbs [:get, :post, :put, :patch, :delete]
  @actions [index: :get, new: :get, create: :post, show: :get, edit: :get, update: :put, delete: :delete]

  defmacro __using__(_opts) do
    quote do
      @behaviour Harbor.Plug

      import Harbor.Router
      import Harbor.Conn

      Module.register_attribute(__MODULE__, :harbor_routes, accumulate: true)
      @harbor_scopes [%Scope{}]
      @before_compile Harbor.Router

      @impl Harbor.Plug
      def init(opts), do: opts

      @impl Harbor.Plug
      def call(conn, _opts), do: Harbor.Router.__call__(conn, __MODULE__)

      defoverridable init: 1, call: 2
    end
  end

  @doc "A named row of plugs."
  defmacro pipeline(name, do: block) when is_atom(name) do
    quote do
      import Builder, only: [plug: 1, plug: 2]
      Module.register_attribute(__MODULE__, :harbor_plugs, accumulate: true)
      unquote(block)
      Harbor.Router.__define_pipeline__(unquote(name))
    end
  end

  @doc false
  defmacro __define_pipeline__(name) do
    quote bind_quoted: [name: name] do
      body = Builder.compile(@harbor_plugs)
      def __pipeline__(unquote(name), var!(conn)), do: unquote(body)
      Module.delete_attribute(__MODULE__, :harbor_plugs)
    end
  end

  defmacro scope(path, do: block), do: do_scope(path, nil, [], block)
  defmacro scope(path, alias, do: block), do: do_scope(path, alias, [], block)
  defmacro scope(path, alias, opts, do: block), do: do_scope(path, alias, opts, block)

  defp do_scope(path, alias, opts, block) do
    quote do
      Scope.push(__MODULE__, unquote(path), unquote(alias), unquote(opts))

      try do
        unquote(block)
      after
        Scope.pop(__MODULE__)
      end
    end
  end

  defmacro pipe_through(pipes) do
    quote(do: Scope.pipe_through(__MODULE__, List.wrap(unquote(pipes))))
  end

  for verb <- @verbs do
    @doc "A route for #{verb |> Atom.to_string() |> String.upcase()}."
    defmacro unquote(verb)(path, plug, action, opts \\ []) do
      add_route(unquote(verb), path, Builder.expand(plug, __CALLER__), action, opts)
    end
  end

  @doc "Everything below the path goes to another plug."
  defmacro forward(path, plug, opts \\ []) do
    add_route(:*, path, Builder.expand(plug, __CALLER__), opts, forward: true)
  end

  defp add_route(verb, path, plug, action, opts) do
    quote do
      @harbor_routes Scope.route(__MODULE__, unquote(verb), unquote(path), unquote(plug), unquote(action), unquote(opts))
    end
  end

  @doc "The usual routes of a resource."
  defmacro resources(path, controller, opts \\ [], nested \\ [])

  defmacro resources(path, controller, [do: block], []) do
    resources(path, controller, [], [do: block], __CALLER__)
  end

  defmacro resources(path, controller, opts, nested), do: resources(path, controller, opts, nested, __CALLER__)

  defp resources(path, controller, opts, nested, env) do
    controller = Builder.expand(controller, env)
    name = path |> Path.basename() |> String.trim_trailing("s")
    chosen = Keyword.get(opts, :only, Keyword.keys(@actions)) -- Keyword.get(opts, :except, [])

    routes =
      for {action, verb} <- @actions, action in chosen do
        add_route(verb, path <> suffix(action), controller, action, as: :"#{name}")
      end

    nested =
      with [do: block] <- nested do
        do_scope("#{path}/:#{name}_id", nil, [as: String.to_atom(name)], block)
      else
        [] -> nil
      end

    quote do
      (unquote_splicing(routes))
      unquote(nested)
    end
  end

  defp suffix(action) when action in [:index, :create], do: ""
  defp suffix(:new), do: "/new"
  defp suffix(:edit), do: "/:id/edit"
  defp suffix(_), do: "/:id"

  @doc false
  defmacro __before_compile__(%Macro.Env{module: module} = env) do
    routes = module |> Module.get_attribute(:harbor_routes) |> Enum.reverse()
    Helpers.define(env, routes)

    matches =
      for %Route{} = route <- routes do
        {method, path, params} = Route.patterns(route)

        quote do
          def __match__(unquote(method), unquote(path)) do
            {:ok, unquote(Macro.escape(route)), unquote(params)}
          end
        end
      end

    quote do
      unquote(matches)
      def __match__(_method, _path), do: :error
      def __routes__, do: unquote(Macro.escape(routes))
      def __helpers__, do: unquote(Module.concat(module, Helpers))
    end
  end

  @doc false
  def __call__(%{method: method, path_info: path_info} = conn, router) do
    case router.__match__(method, path_info) do
      {:ok, %Route{plug: plug} = route, params} ->
        {rest, params} = Map.pop(params, :rest)
        conn = Harbor.Conn.put_private(conn, :harbor_router, router)
        conn = %{Harbor.Conn.fetch_query_params(conn) | path_info: rest || path_info}
        conn = update_in(conn.params, &Map.merge(&1, params))

        route.pipes
        |> Enum.reduce_while(conn, fn pipe, conn ->
          case router.__pipeline__(pipe, conn) do
            %{halted: true} = conn -> {:halt, conn}
            conn -> {:cont, conn}
          end
        end)
        |> then(&if &1.halted, do: &1, else: plug.call(&1, plug.init(route.action)))

      :error ->
        raise NoRouteError, conn: conn, router: router
    end
  end
end

defmodule Harbor.Router.NoRouteError do
  defexception [:message, :conn, :router, status: 404]

  @impl true
  def exception(opts) do
    %{method: method, request_path: path} = conn = Keyword.fetch!(opts, :conn)
    router = Keyword.fetch!(opts, :router)
    %__MODULE__{conn: conn, router: router, message: "no route found for #{method} #{path} (#{inspect(router)})"}
  end
end
