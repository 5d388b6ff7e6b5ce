defmodule Oddities.Attributes do
  @moduledoc since: "1.0.0"
  @moduledoc """
  Attributes, read and written.
  """
  defmodule Hooks do
    defmacro before(_env), do: nil
    def __after_compile__(_env, _bytecode), do: :ok
    def __on_definition__(_env, _kind, _name, _args, _guards, _body), do: :ok
  end

  @before_compile {__MODULE__.Hooks, :before}
  @after_compile __MODULE__.Hooks
  @on_definition __MODULE__.Hooks
  @compile {:inline, small: 1}
  @compile :inline_list_funcs
  @dialyzer {:nowarn_function, small: 1}
  @external_resource "README.md"
  @vsn "1"
  @on_load :loaded
  @list [:a, :b]
  @list_of_lists [@list, @list ++ [:c]]
  @map %{a: 1}
  @fun &String.upcase/1
  @sum Enum.sum([1, 2])
  @nothing nil
  @regex ~r/a/
  @multi_line """
  text
  """
  @parens(1)
  @block (if true do 1 else 2 end)
  @keyword a: 1, b: 2
  @tuple {:a, 1}
  @module __MODULE__
  @alias Oddities.Data
  @question? true
  @derive [Inspect]
  @derive {Inspect, only: [:a]}
  @enforce_keys [:a]
  defstruct [:a]

  @doc false
  @doc deprecated: "soon"
  @doc group: :odd, since: "1.0.0"
  @deprecated "use small/1"
  @since "x"
  def old, do: @since
  @doc @multi_line
  @spec small(integer) :: integer
  def small(x), do: x + @sum

  @doc """
  Doc with code:

      iex> Oddities.Attributes.read()
      :never_run
  """
  def read do
    [@list, @list_of_lists, hd(@list), @map.a, @map[:a], %{@map | a: 2}, @fun.("a"), @nothing, @parens, @block, @keyword[:a], elem(@tuple, 1), @module.small(1), @alias.f(), %@alias{}, "#{@sum}", @sum + 1, -@sum, @sum |> small, [@sum | @list], @regex, @question?, (@sum), @multi_line <> "a", not @question?]
  end
  def guard(x) when x in @list or x == @sum, do: @list
  def match(@sum), do: true
  def match(%{@nothing => x}), do: x
  def default(x \\ @sum), do: x
  @temp 1
  @temp @temp + 1
  def temp, do: @temp
  Module.put_attribute(__MODULE__, :dynamic, 1)
  def dynamic, do: @dynamic
  def loaded, do: :ok
  @typedoc false
  @type t :: %__MODULE__{}
  for {k, v} <- @keyword do
    @key k
    def attr(@key), do: unquote(v)
  end
end
