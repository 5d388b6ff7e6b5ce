defmodule Oddities.Crlf do
  @moduledoc """
  Every line ends with CR LF.

    * so do those of heredocs
  """

  # a comment
  def string, do: "two
lines"

  def heredoc(x) do
    ~s"""
    one #{x}
      two \
    joined
    """
  end

  def pipes(x) do
    x
    |> to_string()

    # between
    |> String.trim()
  end

  def words, do: ~w(
    a
    b
  )

  def continued(x), do: x + \
    1

  def clauses(x) do
    case x do
      1 -> 2

      _ ->
        3
    end
  end; def last, do: 1
end
