defmodule Bookshop.Repo do
  use Cellar.Repo,
    otp_app: :bookshop,
    adapter: Cellar.Adapters.Memory

  require Cellar.Query

  @doc "Books that were withdrawn don't show, unless `with_deleted: true`."
  @impl Cellar.Repo
  def prepare_query(operation, %{from: {"books", _}} = query, opts) do
    if opts[:with_deleted] do
      super(operation, query, opts)
    else
      {Cellar.Query.where(query, [b], is_nil(b.deleted_at)), opts}
    end
  end

  def prepare_query(operation, query, opts), do: super(operation, query, opts)

  @doc "Like `get/2`, as a result."
  @spec fetch(Cellar.Queryable.t(), term()) :: {:ok, struct()} | {:error, :not_found}
  def fetch(queryable, id) do
    case get(queryable, id) do
      nil -> {:error, :not_found}
      struct -> {:ok, struct}
    end
  rescue
    Cellar.CastError -> {:error, :not_found}
  end
end
