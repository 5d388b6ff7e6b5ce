defmodule Fields do
  defmacro field(name, type \\ :string), do: {name, type}
  def cast(value, _type), do: value
  def cast!(value, type), do: cast(value, type)
  defguard is_name(x) when is_atom(x) and not is_nil(x)
  def left <~> right, do: {left, right}
  def sigil_d(text, _modifiers), do: text
end

defmodule Import.All do
  import Fields
  import Enum, only: [map: 2, reverse: 1]
  import String, except: [length: 1, reverse: 1]

  field(:a)
  field :b, :integer

  def run(list) when is_name(list) do
    list |> map(&cast(&1, :any)) |> reverse()
    length(list)
    upcase("a") <~> ~d(2026-01-01)
    {capitalize("b"), :ok}
  end
end

defmodule Import.Some do
  import Fields, only: :macros
  import Kernel, except: [length: 1]

  def length(list), do: list
  def run(list), do: {length(list), is_name(list), cast(1, 2)}

  def inner do
    import Fields, only: [cast!: 2]
    cast!(1, 2)
  end

  def outer, do: undefined_anywhere(1)
end

defmodule Import.Unknown do
  import Some.Package.Nobody.Knows

  def run(x), do: helper(x, is_nil(x))
end
