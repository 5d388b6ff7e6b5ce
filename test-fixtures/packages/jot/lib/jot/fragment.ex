defmodule Jot.Fragment do
  @moduledoc """
  A piece of JSON that is already written, or that is written when it is needed.
  """

  @enforce_keys [:encode]
  defstruct [:encode]

  @type t :: %__MODULE__{encode: (Jot.Encode.opts() -> iodata())}

  def new(fun) when is_function(fun, 1), do: %__MODULE__{encode: fun}
  def new(iodata), do: %__MODULE__{encode: fn _opts -> iodata end}
end
