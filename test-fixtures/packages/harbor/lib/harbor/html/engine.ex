defmodule Harbor.HTML.Engine do
  @moduledoc false

  @behaviour EEx.Engine

  @impl true
  def init(_opts), do: []

  @impl true
  def handle_begin(_state), do: []

  @impl true
  def handle_end(state), do: handle_body(state)

  @impl true
  def handle_body(state), do: {:safe, Enum.reverse(state)}

  @impl true
  def handle_text(state, _meta, text), do: [text | state]

  @impl true
  def handle_expr(state, "=", ast) do
    ast = Macro.prewalk(ast, &EEx.Engine.handle_assign/1)
    [quote(do: Harbor.HTML.escape(unquote(ast))) | state]
  end

  def handle_expr(state, "", ast) do
    ast = Macro.prewalk(ast, &EEx.Engine.handle_assign/1)

    quoted =
      quote do
        unquote(ast)
        []
      end

    [quoted | state]
  end

  def handle_expr(_state, marker, _ast) do
    raise EEx.SyntaxError, message: "<%#{marker} is not supported"
  end
end
