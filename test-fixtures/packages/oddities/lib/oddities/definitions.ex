defmodule Oddities.Definitions do
  @moduledoc "Every way to define."

  import Record, only: [defrecord: 2, defrecordp: 3]

  @doc "Defaults: arities 0 to 3, 1 without parentheses."
  def defaults(a \\ 1, b \\ [x: 1], c \\ fn x -> x end)
  def defaults(a, b, c) when is_list(b), do: {a, b, c}
  def defaults(a, b, c) do {b, a, c} end

  def middle(a, b \\ 2, c), do: {a, b, c}
  def first(a \\ 1, b), do: {a, b}
  def head_only(a, b)
  def head_only(a, _b), do: a
  def no_parens, do: 1
  def no_parens_but_args a, b do {a, b} end
  def with_empty(), do: 2
  def question?(x), do: x == nil
  def bang!(x), do: x || raise("no")
  def _underscored(_x), do: 1
  def __dunder__, do: __ENV__.function
  def camelCase, do: 1
  def unquote(:"with space")(a), do: a
  def unquote(:"++++")(a, b), do: [a, b]
  def when_many(a, b) when a > b when a < b when a == b, do: a
  def pattern(%{a: a} = m, [h | _] = l \\ [1], {:ok, x} \\ {:ok, 1}), do: {a, m, h, l, x}
  def same(a, a), do: true
  def same(_, _), do: false
  def pinned(x), do: match?(^x, x)
  def(parenthesised(x), do: x)
  def(parenthesised(x, y)) do x && y end
  def multi_clause(1), do: 1; def multi_clause(2), do: 2; def multi_clause(_), do: 0
  def rescue_it(f) do f.() rescue _ -> nil end
  def spread(
    a,
    b
  ), do:
    {a, b}

  defp private(x), do: x
  defp unused_default(x, y \\ 1), do: private(x) + y
  def use_private, do: unused_default(1) + unused_default(1, 2)

  defmacro macro(x), do: x
  defmacro block(do: block), do: block
  defmacro opts(x, opts \\ [], do: block, else: other), do: {x, opts, block, other}
  defmacro only_quote(x) do quote do: unquote(x) + 1 end
  defmacrop private_macro(x), do: quote(do: {unquote(x), unquote(__CALLER__.line)})
  def use_private_macro, do: private_macro(1)

  defguard is_small(x) when is_integer(x) and x < 10
  defguard is_tiny(x) when is_small(x) and x < 3
  defguardp is_big(x, y) when x > y
  def guarded(x) when is_small(x), do: :small
  def guarded(x) when is_big(x, 100), do: :big

  defdelegate keys(map), to: Map
  defdelegate upcase(string, mode \\ :default), to: String
  defdelegate reverse(list), to: :lists
  defdelegate values_of(map), to: Map, as: :values
  defdelegate own(a, b), to: __MODULE__, as: :first
  defdelegate size(map), to: Kernel, as: :map_size

  defrecord :point, x: 0, y: 0
  defrecordp :user, :user_record, name: nil
  def records, do: {point(), point(x: 1), user(name: "a"), user(user(), :name)}

  defexception [:reason, message: "odd"]
  def new_error(reason), do: %__MODULE__{reason: reason}

  defimpl String.Chars, for: __MODULE__ do
    def to_string(e), do: Exception.message(e)
  end

  defimpl Inspect do
    def inspect(%@for{}, _), do: "#Odd<#{Kernel.inspect(@protocol)}>"
    def inspect(_), do: nil
    defp unquote(:hidden)(), do: 1
    def use_hidden, do: hidden()
  end
end

defmodule Oddities.Definitions.Base do
  @callback run(term, opts :: keyword) :: {:ok, term} | :error
  @callback run!(term) :: no_return
  @callback name() :: atom
  @macrocallback build(Macro.t()) :: Macro.t()
  @optional_callbacks name: 0, build: 1

  defmacro __using__(opts \\ []) do
    name = opts[:name]

    quote bind_quoted: [opts: opts], location: :keep do
      @behaviour Oddities.Definitions.Base
      @opts opts
      def run(x, _opts), do: {:ok, x}
      def run!(x), do: raise("no #{x}")
      def options, do: @opts
      defoverridable run: 2, run!: 1
      defoverridable options: 0
    end
    |> then(fn quoted ->
      quote do
        unquote(quoted)
        def name, do: unquote(name)
        defoverridable Oddities.Definitions.Base
      end
    end)
  end
end

defmodule Oddities.Definitions.Child do
  use Oddities.Definitions.Base, name: :child
  alias Oddities.Definitions.Base

  @impl true
  def run(x, opts) when x != nil, do: super(x, opts)
  def run(nil, opts) do
    with {:ok, _} <- super(1, opts), do: :error
  end

  @impl Base
  def run!(x), do: x |> super()
  def options, do: [{:more, 1} | super()]
  @impl Base
  def name, do: (&super/0).()
end

defmodule Oddities.Definitions.Generated do
  @fields [:a, :b, c: 1]
  defstruct @fields

  for field <- [:a, :b, :c] do
    def unquote(field)(%__MODULE__{unquote(field) => value}), do: value
    def unquote(:"put_#{field}")(struct, value), do: %{struct | unquote(field) => value}
    def get(struct, unquote(field)), do: unquote(field)(struct)
  end

  for {name, arity} <- [one: 1, two: 2], args = Macro.generate_arguments(arity, __MODULE__) do
    def unquote(name)(unquote_splicing(args)), do: {unquote_splicing(args)}
    @doc "#{name}/#{arity}"
    def unquote(:"#{name}!")(unquote_splicing(args), extra \\ nil), do: unquote(name)(unquote_splicing(args)) || extra
  end

  Enum.each [x: 1, y: 2], fn {k, v} ->
    def unquote(k)(), do: unquote(v)
  end

  if System.get_env("NEVER_SET") do
    def conditional, do: :set
  else
    def conditional, do: :unset
  end

  case :os.type() do
    {:unix, _} -> def os, do: :unix
    _ -> def os, do: :other
  end

  @before 1
  def before, do: @before
  @before 2
  def behind, do: @before
  Module.register_attribute(__MODULE__, :many, accumulate: true)
  @many 1
  @many 2
  def many, do: @many
end

defprotocol Oddities.Definitions.Proto do
  @fallback_to_any true
  @spec size(t) :: non_neg_integer
  def size(x)
  def size(x, unit)
end

defimpl Oddities.Definitions.Proto, for: [List, Map, Oddities.Definitions] do
  def size(x), do: x |> Enum.count()
  def size(x, _), do: size(x)
end

defimpl Oddities.Definitions.Proto, for: Any do
  def size(_), do: 0
  def size(_, unit), do: {0, unit}
end
defmodule(Oddities.Definitions.Parens, do: def(f, do: 1))
defmodule Oddities.Definitions.OneLine do def f, do: 1; def g, do: f() end
defmodule :odd_erlang_name, do: def(f(x), do: x)
defmodule :"Elixir.Oddities.Quoted", do: (def f, do: 1)
defmodule Elixir.Oddities.Absolute do
  defmodule Elixir.Oddities.Elsewhere do def f, do: 1 end
  defmodule Sub.Deep do def f, do: 1 end
  def call, do: {Oddities.Elsewhere.f(), Sub.Deep.f()}
end
defmodule Module.concat(Oddities, Computed) do def f, do: __MODULE__ end
