defmodule Harbor.Component do
  @moduledoc ~S'''
  Functions that take assigns and give HTML.

      attr :kind, :string, default: "info"

      def badge(assigns) do
        ~H"""
        <span class={"badge " <> @kind}><%= render_slot(@inner_block) %></span>
        """
      end

  and are used as `<.badge kind="new">3</.badge>`.
  '''

  alias Harbor.HTML.{Engine, Tags}

  defmacro __using__(_opts) do
    quote do
      import Harbor.Component
      import Harbor.HTML, only: [raw: 1]

      Module.register_attribute(__MODULE__, :harbor_attrs, accumulate: true)
      @on_definition Harbor.Component
      @before_compile Harbor.Component
    end
  end

  @doc "A template that is compiled where it stands; `assigns` must be there."
  defmacro sigil_H({:<<>>, meta, [template]}, []) do
    unless Macro.Env.has_var?(__CALLER__, {:assigns, nil}) do
      raise "~H requires a variable named \"assigns\" to exist and be set to a map"
    end

    body = compile_template(template, file: __CALLER__.file, line: __CALLER__.line + 1, indentation: meta[:indentation] || 0)

    quote do
      _ = var!(assigns)
      unquote(body)
    end
  end

  @doc false
  def compile_template(source, opts) do
    source |> Tags.to_eex() |> EEx.compile_string([engine: Engine, trim: true] ++ opts)
  end

  @doc """
  Declares an attribute of the next component. Options: `:default`, `:required`, `:values`.
  """
  defmacro attr(name, type, opts \\ []) do
    quote(do: @harbor_pending {unquote(name), unquote(type), unquote(opts)})
  end

  @doc false
  def __on_definition__(env, :def, name, [{:assigns, _, _}], _guards, _body) do
    pending = env.module |> Module.delete_attribute(:harbor_pending) |> List.wrap()
    if pending != [], do: Module.put_attribute(env.module, :harbor_attrs, {name, pending})
  end

  def __on_definition__(_env, _kind, _name, _args, _guards, _body), do: :ok

  defmacro __before_compile__(env) do
    attrs = env.module |> Module.get_attribute(:harbor_attrs) |> Map.new()
    quote(do: def(__components__(), do: unquote(Macro.escape(attrs))))
  end

  @doc """
  One function for each template of the folder beside the module: `index.html.heex` becomes `index/1`.
  """
  defmacro embed_templates(pattern) do
    quote bind_quoted: [pattern: pattern] do
      for path <- Path.wildcard(Path.join(Path.dirname(__ENV__.file), pattern <> ".html.heex")) do
        @external_resource path
        name = path |> Path.basename(".html.heex") |> String.to_atom()
        body = Harbor.Component.compile_template(File.read!(path), file: path, line: 1)

        def unquote(name)(var!(assigns)) do
          _ = var!(assigns)
          unquote(body)
        end
      end
    end
  end

  def assign(assigns, key, value) when is_map(assigns), do: Map.put(assigns, key, value)
  def assign_new(assigns, key, fun) when is_function(fun, 0), do: Map.put_new_lazy(assigns, key, fun)

  @spec render_slot(nil | (term() -> Harbor.HTML.safe()), term()) :: Harbor.HTML.safe()
  def render_slot(slot, argument \\ nil)
  def render_slot(nil, _argument), do: {:safe, ""}
  def render_slot(slot, argument) when is_function(slot, 1), do: slot.(argument)
end
