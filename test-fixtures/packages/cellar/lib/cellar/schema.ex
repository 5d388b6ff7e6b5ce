defmodule Cellar.Schema do
  @moduledoc """
  Maps a source to a struct.

      defmodule Shop.Order do
        use Cellar.Schema

        @primary_key {:number, :string, autogenerate: false}

        schema "orders" do
          field :total, :integer, default: 0
          belongs_to :user, Shop.User
          timestamps()
        end
      end
  """

  alias Cellar.Association

  @type t :: struct()

  defmodule Metadata do
    @moduledoc false
    defstruct [:source, state: :built]
  end

  @doc false
  defmacro __using__(opts) do
    prefix = Keyword.get(opts, :prefix, "")

    quote do
      import Cellar.Schema, only: [schema: 2, embedded_schema: 1]

      @schema_prefix unquote(prefix)
      @primary_key {:id, :id, autogenerate: true}
      @timestamps_opts type: :utc_datetime

      Module.register_attribute(__MODULE__, :cellar_fields, accumulate: true)
      Module.register_attribute(__MODULE__, :cellar_virtual, accumulate: true)
      Module.register_attribute(__MODULE__, :cellar_struct, accumulate: true)
      Module.register_attribute(__MODULE__, :cellar_assocs, accumulate: true)
      Module.register_attribute(__MODULE__, :cellar_autogenerate, accumulate: true)
    end
  end

  @doc "A schema over a source."
  defmacro schema(source, do: block), do: define(source, true, block)

  @doc "A schema without a source, for data inside other data."
  defmacro embedded_schema(do: block), do: define(nil, false, block)

  defp define(source, meta?, block) do
    prelude =
      quote do
        @cellar_source Cellar.Schema.__source__(@schema_prefix, unquote(source))

        if unquote(meta?) do
          @cellar_struct {:__meta__, %Metadata{source: @cellar_source}}
        end

        case @primary_key do
          false ->
            @cellar_primary_key []

          {name, type, opts} ->
            Cellar.Schema.__field__(__MODULE__, name, type, opts)
            @cellar_primary_key [name]
        end

        try do
          import Cellar.Schema
          unquote(block)
        after
          :ok
        end
      end

    postlude =
      quote unquote: false do
        fields = Enum.reverse(@cellar_fields)
        assocs = Enum.reverse(@cellar_assocs)

        defstruct Enum.reverse(@cellar_struct)

        def __schema__(:source), do: @cellar_source
        def __schema__(:fields), do: unquote(Enum.map(fields, &elem(&1, 0)))
        def __schema__(:virtual_fields), do: @cellar_virtual
        def __schema__(:primary_key), do: @cellar_primary_key
        def __schema__(:associations), do: unquote(Enum.map(assocs, &elem(&1, 0)))
        def __schema__(:autogenerate), do: @cellar_autogenerate

        for {name, type} <- fields ++ @cellar_virtual do
          def __schema__(:type, unquote(name)), do: unquote(Macro.escape(type))
        end

        def __schema__(:type, _field), do: nil

        for {name, association} <- assocs do
          def __schema__(:association, unquote(name)), do: unquote(Macro.escape(association))
        end

        def __schema__(:association, _name), do: nil
      end

    quote do
      unquote(prelude)
      unquote(postlude)
    end
  end

  @doc """
  A field.

  Options: `:default`, `:virtual` (it is not stored), `:values` (of an `:enum`).
  """
  defmacro field(name, type \\ :string, opts \\ []) do
    quote do
      Cellar.Schema.__field__(__MODULE__, unquote(name), unquote(type), unquote(opts))
    end
  end

  defmacro has_many(name, related, opts \\ []) do
    quote do
      Cellar.Schema.__has__(__MODULE__, :many, unquote(name), unquote(expand(related, __CALLER__)), unquote(opts))
    end
  end

  defmacro has_one(name, related, opts \\ []) do
    quote do
      Cellar.Schema.__has__(__MODULE__, :one, unquote(name), unquote(expand(related, __CALLER__)), unquote(opts))
    end
  end

  defmacro belongs_to(name, related, opts \\ []) do
    related = expand(related, __CALLER__)

    quote do
      Cellar.Schema.__belongs_to__(__MODULE__, unquote(name), unquote(related), unquote(opts))
    end
  end

  defmacro timestamps(opts \\ []) do
    quote bind_quoted: [opts: opts] do
      opts = Keyword.merge(@timestamps_opts, opts)
      type = Keyword.fetch!(opts, :type)

      for name <- [:inserted_at, :updated_at] do
        Cellar.Schema.__field__(__MODULE__, name, type, autogenerate: {DateTime, :utc_now, []})
      end
    end
  end

  @doc false
  def __source__(_prefix, nil), do: nil
  def __source__(prefix, source), do: prefix <> source

  @doc false
  def __field__(module, name, type, opts) do
    type = if type == :enum, do: {:enum, Keyword.fetch!(opts, :values)}, else: type
    put_struct_field(module, name, Keyword.get(opts, :default))

    if Keyword.get(opts, :virtual, false) do
      Module.put_attribute(module, :cellar_virtual, {name, type})
    else
      Module.put_attribute(module, :cellar_fields, {name, type})
    end

    with {_m, _f, _a} = mfa <- opts[:autogenerate] do
      Module.put_attribute(module, :cellar_autogenerate, {name, mfa})
    end
  end

  @doc false
  def __has__(module, cardinality, name, related, opts) do
    put_struct_field(module, name, Association.not_loaded(module, name))
    Module.put_attribute(module, :cellar_assocs, {name, Association.has(module, cardinality, name, related, opts)})
  end

  @doc false
  def __belongs_to__(module, name, related, opts) do
    %Association{owner_key: key} = association = Association.belongs_to(module, name, related, opts)
    __field__(module, key, opts[:type] || :id, [])
    put_struct_field(module, name, Association.not_loaded(module, name))
    Module.put_attribute(module, :cellar_assocs, {name, association})
  end

  defp put_struct_field(module, name, default) do
    if module |> Module.get_attribute(:cellar_struct) |> List.keymember?(name, 0) do
      raise ArgumentError, "field #{inspect(name)} of #{inspect(module)} was already set"
    end

    Module.put_attribute(module, :cellar_struct, {name, default})
  end

  # The related module is only named: without this each schema would have to be
  # compiled before those that it has relations to.
  defp expand({:__aliases__, _, _} = ast, env), do: Macro.expand(ast, %{env | function: {:__schema__, 2}})
  defp expand(ast, _env), do: ast
end
