defmodule Harbor.Router.Helpers do
  @moduledoc false

  alias Harbor.Router.Route

  # Defines `MyRouter.Helpers` with functions as `book_path(conn_or_endpoint, :show, id)`.
  def define(env, routes) do
    functions =
      for %Route{forward: false} = route <- Enum.uniq_by(routes, &{&1.helper, &1.action, length(Route.params(&1))}) do
        vars = Macro.generate_arguments(length(Route.params(route)), __MODULE__)
        {segments, []} = Enum.map_reduce(route.path, vars, &segment/2)

        quote do
          def unquote(:"#{route.helper}_path")(conn_or_endpoint, unquote(route.action), unquote_splicing(vars)) do
            unquote(__MODULE__).path(conn_or_endpoint, unquote(segments))
          end
        end
      end

    code = [quote(do: @moduledoc(false)) | functions]
    Module.create(Module.concat(env.module, "Helpers"), code, Macro.Env.location(env))
  end

  defp segment(":" <> _, [var | rest]), do: {quote(do: Harbor.Param.to_param(unquote(var))), rest}
  defp segment(literal, vars), do: {literal, vars}

  def path(_conn_or_endpoint, segments), do: "/" <> Enum.map_join(segments, "/", &URI.encode(&1, fn c -> URI.char_unreserved?(c) end))
end

defprotocol Harbor.Param do
  @moduledoc "How a term looks in a path."
  @fallback_to_any true

  @spec to_param(t()) :: String.t()
  def to_param(term)
end

defimpl Harbor.Param, for: [Integer, BitString, Atom] do
  def to_param(nil), do: raise(ArgumentError, "nil in a path")
  def to_param(term), do: String.Chars.to_string(term)
end

defimpl Harbor.Param, for: Any do
  defmacro __deriving__(module, struct, opts) do
    key = Keyword.fetch!(opts, :key)
    unless Map.has_key?(struct, key), do: raise(ArgumentError, "#{inspect(module)} has no #{inspect(key)}")

    quote do
      defimpl unquote(@protocol), for: unquote(module) do
        def to_param(%{unquote(key) => value}), do: unquote(@protocol).to_param(value)
      end
    end
  end

  def to_param(%{id: id}) when not is_nil(id), do: @protocol.to_param(id)
  def to_param(other), do: raise(Protocol.UndefinedError, protocol: @protocol, value: other)
end
