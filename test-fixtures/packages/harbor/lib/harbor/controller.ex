defmodule Harbor.Controller do
  @moduledoc """
  Functions that answer requests.

      defmodule ShopWeb.BookController do
        use Harbor.Controller, formats: [:html, :json]

        action_fallback ShopWeb.FallbackController

        def show(conn, %{"id" => id}) do
          with {:ok, book} <- Shop.fetch_book(id) do
            render(conn, :show, book: book)
          end
        end
      end
  """

  import Harbor.Conn
  alias Harbor.{Conn, HTML}

  @type action :: atom()
  @type assigns :: keyword() | map()

  defmacro __using__(opts) do
    quote bind_quoted: [opts: opts] do
      use Harbor.Plug.Builder
      import Harbor.Controller

      @harbor_fallback nil
      @harbor_formats Keyword.get(opts, :formats, [:html])
      @before_compile Harbor.Controller

      @impl Harbor.Plug
      def init(action) when is_atom(action), do: action

      @impl Harbor.Plug
      def call(conn, action) do
        conn = conn |> put_private(:harbor_action, action) |> put_private(:harbor_controller, __MODULE__)
        conn = put_new_views(conn, __MODULE__, @harbor_formats)

        case super(conn, action) do
          %{halted: true} = conn -> conn
          conn -> conn |> action(action) |> __fallback__(conn)
        end
      end

      @doc "Every action goes through here."
      def action(conn, action), do: apply(__MODULE__, action, [conn, conn.params])

      defoverridable action: 2
    end
  end

  @doc false
  defmacro __before_compile__(%{module: module}) do
    fallback = Module.get_attribute(module, :harbor_fallback)

    otherwise =
      if fallback do
        quote(do: unquote(fallback).call(conn, unquote(fallback).init(other)))
      else
        quote(do: raise("#{inspect(conn.private.harbor_action)} gave #{inspect(other)}, which is no connection"))
      end

    quote do
      defp __fallback__(%Conn{} = conn, _before), do: conn
      defp __fallback__(other, conn), do: unquote(otherwise)
    end
  end

  @doc "Who makes a response of what is no connection."
  defmacro action_fallback(plug), do: quote(do: @harbor_fallback(unquote(plug)))

  @spec json(Conn.t(), term()) :: Conn.t()
  def json(conn, data) do
    body = Harbor.json_library().encode_to_iodata!(data)
    respond(conn, "application/json", body)
  end

  def text(conn, data), do: respond(conn, "text/plain", to_string(data))
  def html(conn, data), do: respond(conn, "text/html", HTML.to_iodata(data))

  @spec redirect(Conn.t(), to: String.t()) :: Conn.t()
  @spec redirect(Conn.t(), external: String.t()) :: Conn.t()
  def redirect(conn, opts) do
    target =
      case opts do
        [to: "//" <> _ = to] -> raise ArgumentError, "expected a path, got #{inspect(to)}"
        [to: "/" <> _ = to] -> to
        [external: url] -> url
      end

    conn
    |> put_resp_header("location", target)
    |> send_resp(conn.status || :found, "")
  end

  @doc "Renders a template of the view that belongs to the format."
  @spec render(Conn.t(), action(), assigns()) :: Conn.t()
  def render(conn, template, assigns \\ [])

  def render(%Conn{} = conn, template, assigns) when is_atom(template) do
    conn = merge_assigns(conn, assigns)
    format = Map.get(conn.private, :harbor_format, :html)
    view = conn.private |> Map.fetch!(:harbor_views) |> Keyword.fetch!(format)
    assigns = Map.put(conn.assigns, :conn, conn)

    case format do
      :json ->
        json(conn, apply(view, template, [assigns]))

      :html ->
        inner = apply(view, template, [assigns])
        html(conn, with_layout(conn.private[:harbor_layout], assigns, inner))
    end
  end

  def put_layout(conn, {_module, _template} = layout), do: put_private(conn, :harbor_layout, layout)
  def put_layout(conn, false), do: put_private(conn, :harbor_layout, nil)
  def put_format(conn, format) when format in [:html, :json], do: put_private(conn, :harbor_format, format)

  @doc false
  def put_new_views(%Conn{private: private} = conn, controller, formats) do
    base = controller |> Atom.to_string() |> String.replace_suffix("Controller", "")
    views = for format <- formats, do: {format, String.to_atom(base <> String.upcase(to_string(format)))}
    %{conn | private: Map.put_new(private, :harbor_views, views)}
  end

  @doc "A plug: takes only these formats."
  def accepts(conn, [first | _] = formats) do
    wanted = conn |> get_req_header("accept") |> Enum.join(",")
    format = Enum.find(formats, first, &String.contains?(wanted, "/" <> &1))
    put_format(conn, String.to_existing_atom(format))
  end

  def put_flash(conn, kind, message) do
    flash = conn |> get_session("flash", %{}) |> Map.put(to_string(kind), message)
    put_session(conn, "flash", flash)
  end

  @doc "A plug: moves the flash from the session to the assigns."
  def fetch_flash(conn, _opts \\ []) do
    case get_session(conn, "flash") do
      nil -> assign(conn, :flash, %{})
      flash -> conn |> assign(:flash, flash) |> delete_session("flash")
    end
  end

  defp with_layout(nil, _assigns, inner), do: inner
  defp with_layout({module, name}, assigns, inner), do: apply(module, name, [Map.put(assigns, :inner_content, inner)])

  defp respond(conn, type, body), do: conn |> put_resp_content_type(type) |> send_resp(conn.status || 200, body)
end
