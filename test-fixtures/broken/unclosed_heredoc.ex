defmodule Broken.UnclosedHeredoc do
  @moduledoc """
  This text has no end.

  def f, do: :text

  ""
end
