defmodule Cellar.Adapter do
  @moduledoc """
  What a storage must do.
  """

  @type repo :: module()
  @type fields :: %{optional(atom()) => term()}
  @type source :: String.t()

  @callback child_spec(opts :: keyword()) :: Supervisor.child_spec()
  @callback all(repo(), Cellar.Query.t()) :: [term()]
  @callback insert(repo(), source(), fields(), autogenerate :: atom() | nil) :: {:ok, fields()} | {:constraint, atom()}
  @callback update(repo(), source(), filters :: keyword(), fields()) :: {:ok, fields()} | {:error, :stale}
  @callback delete(repo(), source(), filters :: keyword()) :: {non_neg_integer(), nil}
  @callback transaction(repo(), (() -> result)) :: {:ok, result} | {:error, term()} when result: term()

  @doc "Optional: an own way to count."
  @callback aggregate(repo(), Cellar.Query.t(), :count | :sum | :max | :min, field :: atom()) :: term()

  @optional_callbacks [aggregate: 4]
end
