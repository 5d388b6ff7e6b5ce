defmodule Harbor.VerifiedRoutes do
  @moduledoc ~S"""
  Paths that are looked up in the router while they are compiled.

      use Harbor.VerifiedRoutes, router: ShopWeb.Router

      ~p"/books/#{book}"
  """

  defmacro __using__(opts) do
    quote do
      @harbor_router unquote(Keyword.fetch!(opts, :router))
      import Harbor.VerifiedRoutes, only: :sigils
    end
  end

  defmacro sigil_p({:<<>>, _meta, pieces}, []) do
    parts =
      for piece <- pieces do
        case piece do
          text when is_binary(text) -> text
          {:"::", _, [{{:., _, [Kernel, :to_string]}, _, [expr]}, {:binary, _, _}]} -> quote(do: Harbor.Param.to_param(unquote(expr)))
        end
      end

    probe = for piece <- pieces, into: "", do: if(is_binary(piece), do: piece, else: "0")

    quote do
      Harbor.VerifiedRoutes.verify!(@harbor_router, unquote(probe))
      IO.iodata_to_binary(unquote(parts))
    end
  end

  @doc false
  def verify!(router, path) do
    segments = path |> String.split(["?", "#"]) |> hd() |> String.split("/", trim: true)
    found? = Enum.any?(~w(GET POST PUT PATCH DELETE), &(router.__match__(&1, segments) != :error))
    found? || raise(ArgumentError, "#{inspect(router)} has no route for #{path}")
  end
end
