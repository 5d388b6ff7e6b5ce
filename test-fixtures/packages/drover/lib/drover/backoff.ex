defmodule Drover.Backoff do
  @moduledoc false

  @spec exponential(non_neg_integer(), keyword()) :: pos_integer()
  def exponential(attempt, opts \\ []) do
    max = Keyword.get(opts, :max, :infinity)
    min(2 ** attempt, max)
  end

  def linear(attempt, step \\ 15), do: max(attempt, 1) * step

  @spec jitter(pos_integer(), float()) :: pos_integer()
  def jitter(seconds, share \\ 0.1), do: seconds + trunc(seconds * share * :rand.uniform())
end
