defmodule Drover.Storage do
  @moduledoc "Where jobs are kept."

  alias Drover.Job

  @type server :: GenServer.server()

  @callback start_link(keyword()) :: GenServer.on_start()
  @callback insert(server(), Job.t()) :: {:ok, Job.t()} | {:error, term()}
  @callback fetch(server(), Job.queue(), demand :: pos_integer()) :: [Job.t()]
  @callback update(server(), Job.t()) :: :ok
  @callback list(server(), Job.state()) :: [Job.t()]
  @callback prune(server(), before :: DateTime.t()) :: non_neg_integer()
  @optional_callbacks prune: 2
end
