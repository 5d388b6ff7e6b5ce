defprotocol Jot.Encoder do
  @moduledoc """
  How a value is written as JSON.

  Structs derive it, with `:only` or `:except` to choose the fields:

      @derive {Jot.Encoder, only: [:name]}
      defstruct [:name, :password]
  """

  @type t :: term()
  @type opts :: Jot.Encode.opts()

  @fallback_to_any true

  @doc "The value as iodata."
  @spec encode(t(), opts()) :: iodata()
  def encode(value, opts)
end

defimpl Jot.Encoder, for: Any do
  alias Jot.{Encode, Encoder}

  defmacro __deriving__(module, struct, opts) do
    fields = fields_to_encode(struct, opts)
    pairs = Enum.map(fields, &{&1, Macro.var(&1, __MODULE__)})

    quote do
      defimpl Encoder, for: unquote(module) do
        def encode(%{unquote_splicing(pairs)}, opts) do
          Encode.keyword(unquote(pairs), opts)
        end
      end
    end
  end

  def encode(%module{} = struct, _opts) do
    raise Protocol.UndefinedError,
      protocol: @protocol,
      value: struct,
      description: "#{inspect(module)} does not say how it is written: derive Jot.Encoder or implement it"
  end

  def encode(value, _opts) do
    raise Protocol.UndefinedError, protocol: @protocol, value: value
  end

  defp fields_to_encode(struct, opts) do
    fields = Map.keys(struct) -- [:__struct__]

    case {Keyword.get(opts, :only), Keyword.get(opts, :except)} do
      {nil, nil} -> fields
      {only, nil} when is_list(only) -> Enum.filter(fields, &(&1 in only))
      {nil, except} when is_list(except) -> Enum.reject(fields, &(&1 in except))
      {_, _} -> raise ArgumentError, "give :only or :except, not both"
    end
  end
end

defimpl Jot.Encoder, for: Atom do
  alias Jot.Encode

  def encode(nil, _opts), do: "null"
  def encode(true, _opts), do: "true"
  def encode(false, _opts), do: "false"
  def encode(atom, opts), do: atom |> Atom.to_string() |> Encode.string(opts)
end

defimpl Jot.Encoder, for: [Integer, Float] do
  def encode(number, _opts) do
    case @for do
      Integer -> Integer.to_string(number)
      Float -> :io_lib_format.fwrite_g(number)
    end
  end
end

defimpl Jot.Encoder, for: BitString do
  def encode(binary, opts) when is_binary(binary), do: Jot.Encode.string(binary, opts)

  def encode(bits, _opts) do
    raise Protocol.UndefinedError, protocol: @protocol, value: bits, description: "bits that are not whole bytes"
  end
end

defimpl Jot.Encoder, for: List do
  def encode(list, opts), do: Jot.Encode.list(list, opts)
end

defimpl Jot.Encoder, for: Map do
  def encode(map, opts), do: Jot.Encode.map(map, opts)
end

defimpl Jot.Encoder, for: [Date, Time, NaiveDateTime, DateTime] do
  def encode(value, _opts), do: [?", @for.to_iso8601(value), ?"]
end

defimpl Jot.Encoder, for: Jot.Fragment do
  def encode(%{encode: fun}, opts), do: fun.(opts)
end
