defmodule Oddities.Specs do
  @moduledoc false
  import Kernel, except: [+: 2, -: 1]
  @typedoc "A type."
  @type t :: %__MODULE__{a: integer, b: t | nil}
  @type t(x) :: {x, t}
  @type empty() :: {}
  @type u(a, b) :: a | b | u(a, b)
  @typep private :: :a | :b
  @opaque hidden :: private
  @opaque hidden(x) :: [x]
  defstruct [:a, :b]

  @type literals :: 1 | -1 | 1..10 | -5..-1 | ?a | :atom | nil | true | :"a b" | [] | {} | %{} | <<>> | <<_::8>> | <<_::_*8>> | <<_::16, _::_*4>> | [1] | [1, ...] | {1, :a}
  @type functions :: (() -> any) | (integer -> atom()) | (integer, atom -> {:ok, t}) | (... -> any) | (-> any) | fun | function() | (a :: integer, b :: atom -> any)
  @type maps :: %{a: 1} | %{required(:a) => 1, optional(:b) => 2} | %{atom => any, optional(any) => any} | %Range{first: 1} | %URI{} | map
  @type lists :: [integer] | [a: 1] | [a: integer, b: [atom, ...]] | list(t) | nonempty_list(t) | keyword(t) | maybe_improper_list(t, t) | [{:k, t} | atom]
  @type remote :: String.t() | String.t | Enumerable.t(t) | :queue.queue(t) | Oddities.Specs.t(1) | __MODULE__.t() | MapSet.t(integer)
  @type multi_line ::
          :a
          | :b
          # a comment
          | {:c,
             d :: integer}

  @spec f(integer) :: integer
  def f(x), do: x

  @spec f(integer, x :: atom, [opt: t]) :: {:ok, result :: t} | {:error, term()} when x: var
  @spec f(a, b, c) :: {a, c} when a: integer, b: atom, c: var
  def f(a, _b, _c), do: a

  @spec g :: any
  def g, do: 1
  @spec unquote(:h)(any) :: any
  def h(x), do: x
  @spec a + b :: integer when a: any, b: any
  def a + b, do: Kernel.+(a, b)
  @spec -integer :: integer
  def -a, do: a
  @spec i?(t) :: boolean
  @spec i!(t) :: no_return
  def i?(_), do: true
  def i!(_), do: raise "i"
  @spec j(%{optional(:a) => (integer -> t), b: [t, ...]}, keyword()) :: any
  def j(_, _), do: 1
  def k(x) when is_integer(x), do: x
  @macrocallback l(x :: Macro.t) :: Macro.t
  @callback m(a, b) :: a | b when a: t, b: t()
  @callback n :: :ok
  @callback unquote(:o)() :: any

  for name <- [:p, :q] do
    @doc false
    @spec unquote(name)(integer()) :: unquote(name)
    def unquote(name)(_), do: unquote(name)
    @type unquote(:"#{name}_type")() :: unquote(name)
  end
end
