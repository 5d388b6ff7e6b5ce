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
end
