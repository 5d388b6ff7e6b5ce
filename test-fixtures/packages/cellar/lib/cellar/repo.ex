defmodule Cellar.Repo do
  @moduledoc """
  A repository: the functions that reach the storage.

      defmodule Shop.Repo do
        use Cellar.Repo, otp_app: :shop, adapter: Cellar.Adapters.Memory
      end

      Shop.Repo.get!(Shop.User, 42)
  """

  alias Cellar.{Changeset, Queryable}

  @type t :: module()
  @type result :: {:ok, struct()} | {:error, Changeset.t()}

  @callback config() :: keyword()
  @callback all(Queryable.t(), opts :: keyword()) :: [term()]
  @callback one(Queryable.t(), opts :: keyword()) :: term() | nil
  @callback one!(Queryable.t(), opts :: keyword()) :: term()
  @callback get(Queryable.t(), id :: term()) :: struct() | nil
  @callback get!(Queryable.t(), id :: term()) :: struct()
  @callback get_by(Queryable.t(), keyword() | map()) :: struct() | nil
  @callback insert(struct() | Changeset.t()) :: result()
  @callback insert!(struct() | Changeset.t()) :: struct()
  @callback update(Changeset.t()) :: result()
  @callback delete(struct()) :: result()
  @callback preload(struct() | [struct()] | nil, atom() | list()) :: struct() | [struct()] | nil
  @callback transaction((() -> term()) | Cellar.Multi.t()) :: {:ok, term()} | {:error, term()}
  @callback rollback(term()) :: no_return()

  @doc "Change the options of a query before it runs."
  @callback prepare_query(operation :: atom(), Cellar.Query.t(), keyword()) :: {Cellar.Query.t(), keyword()}

  defmacro __using__(opts) do
    quote bind_quoted: [opts: opts] do
      @behaviour Cellar.Repo

      @otp_app Keyword.fetch!(opts, :otp_app)
      @adapter Keyword.get(opts, :adapter, Cellar.Adapters.Memory)

      def config, do: Application.get_env(@otp_app, __MODULE__, [])

      def __adapter__, do: @adapter

      def child_spec(opts) do
        config() |> Keyword.merge(opts) |> Keyword.put(:repo, __MODULE__) |> @adapter.child_spec()
      end

      def all(queryable, opts \\ []), do: Cellar.Repo.Queries.all(__MODULE__, queryable, opts)
      def one(queryable, opts \\ []), do: Cellar.Repo.Queries.one(__MODULE__, queryable, opts)
      def one!(queryable, opts \\ []), do: Cellar.Repo.Queries.one!(__MODULE__, queryable, opts)
      def get(queryable, id), do: Cellar.Repo.Queries.get(__MODULE__, queryable, id)
      def get!(queryable, id), do: Cellar.Repo.Queries.get!(__MODULE__, queryable, id)
      def get_by(queryable, clauses), do: Cellar.Repo.Queries.get_by(__MODULE__, queryable, clauses)
      def exists?(queryable), do: Cellar.Repo.Queries.exists?(__MODULE__, queryable)

      def aggregate(queryable, kind, field \\ :id) do
        Cellar.Repo.Queries.aggregate(__MODULE__, queryable, kind, field)
      end

      def insert(struct_or_changeset), do: Cellar.Repo.Schemas.insert(__MODULE__, struct_or_changeset)
      def insert!(struct_or_changeset), do: Cellar.Repo.Schemas.bang!(:insert, insert(struct_or_changeset))
      def update(changeset), do: Cellar.Repo.Schemas.update(__MODULE__, changeset)
      def update!(changeset), do: Cellar.Repo.Schemas.bang!(:update, update(changeset))
      def delete(struct), do: Cellar.Repo.Schemas.delete(__MODULE__, struct)

      def preload(structs, preloads), do: Cellar.Repo.Preloader.preload(__MODULE__, structs, preloads)

      def transaction(fun_or_multi)
      def transaction(fun) when is_function(fun, 0), do: @adapter.transaction(__MODULE__, fun)
      def transaction(%Cellar.Multi{} = multi), do: Cellar.Multi.run_all(multi, __MODULE__)

      @spec rollback(term()) :: no_return()
      def rollback(reason), do: throw({:rollback, __MODULE__, reason})

      def prepare_query(_operation, query, opts), do: {query, opts}

      defoverridable child_spec: 1, prepare_query: 3, config: 0
    end
  end
end
