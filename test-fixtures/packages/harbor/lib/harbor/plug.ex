defmodule Harbor.Plug do
  @moduledoc """
  What takes a connection and gives one.
  """

  alias Harbor.Conn

  @type opts :: term()

  @callback init(opts()) :: opts()
  @callback call(Conn.t(), opts()) :: Conn.t()

  defmodule Builder do
    @moduledoc """
    Plugs made of plugs.

        defmodule Pipeline do
          use Harbor.Plug.Builder

          plug Harbor.Plugs.RequestId
          plug :greet, name: "Ada" when method in ["GET"]

          def greet(conn, opts), do: assign(conn, :name, opts[:name])
        end
    """

    alias Harbor.Plug

    defmacro __using__(_opts) do
      quote do
        @behaviour Plug
        import Harbor.Conn
        import Plug.Builder, only: [plug: 1, plug: 2]

        Module.register_attribute(__MODULE__, :harbor_plugs, accumulate: true)
        @before_compile Plug.Builder

        @impl Plug
        def init(opts), do: opts

        @impl Plug
        def call(conn, _opts), do: run_plugs(conn)

        defoverridable Plug
      end
    end

    @doc false
    defmacro __before_compile__(env) do
      body = env.module |> Module.get_attribute(:harbor_plugs) |> compile()
      quote(do: defp(run_plugs(var!(conn)), do: unquote(body)))
    end

    defmacro plug(plug, opts \\ []) do
      plug = expand(plug, __CALLER__)

      {guard, opts} =
        case opts do
          {:when, _, [opts, guard]} -> {guard, opts}
          opts -> {true, opts}
        end

      quote do
        @harbor_plugs {unquote(plug), unquote(opts), unquote(Macro.escape(guard))}
      end
    end

    @doc false
    def expand({:__aliases__, _, _} = alias, env), do: Macro.expand(alias, %{env | function: {:init, 1}})
    def expand(plug, _env), do: plug

    @doc false
    # The attribute has gathered them last first: each is wrapped around the ones behind it.
    def compile(plugs) do
      conn = Macro.var(:conn, nil)

      Enum.reduce(plugs, conn, fn {plug, opts, guard}, rest ->
        quote do
          unquote(conn) = unquote(plug |> call(Macro.escape(opts), conn) |> guarded(guard, conn))
          if unquote(conn).halted, do: unquote(conn), else: unquote(rest)
        end
      end)
    end

    defp call(plug, opts, conn) do
      case Atom.to_charlist(plug) do
        'Elixir.' ++ _ -> quote(do: unquote(plug).call(unquote(conn), unquote(plug).init(unquote(opts))))
        _local -> quote(do: unquote(plug)(unquote(conn), unquote(opts)))
      end
    end

    defp guarded(call, true, _conn), do: call

    defp guarded(call, guard, conn) do
      quote do
        var!(method) = unquote(conn).method
        if unquote(guard), do: unquote(call), else: unquote(conn)
      end
    end
  end
end
