defmodule Jot.Helpers do
  @moduledoc """
  Objects whose keys are known while compiling.
  """

  alias Jot.{Encode, Fragment}

  @doc """
  A fragment of the pairs, in their order.

      json_map(id: user.id, name: user.name)
  """
  defmacro json_map(pairs) when is_list(pairs) do
    {keys, values} = Enum.unzip(pairs)
    vars = Macro.generate_arguments(length(values), __MODULE__)

    quote do
      {unquote_splicing(vars)} = {unquote_splicing(values)}
      Fragment.new(fn opts -> Encode.keyword(unquote(Enum.zip(keys, vars)), opts) end)
    end
  end

  defmacro json_map_take(map, fields) do
    quote bind_quoted: [map: map, fields: fields] do
      case Map.take(map, fields) do
        %{} = taken when map_size(taken) == length(fields) ->
          Jot.Fragment.new(&Jot.Encode.map(taken, &1))

        taken ->
          raise ArgumentError, "missing #{Kernel.inspect(fields -- Map.keys(taken))}"
      end
    end
  end
end
