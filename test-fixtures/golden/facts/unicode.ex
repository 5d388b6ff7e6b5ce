defmodule Laenge do
  @größe "Größe 😀"
  def länge(größe), do: {String.length(größe), @größe, Laenge.länge("ß")}
  def müde?(x), do: "é#{länge(x)}" <> "😀" |> länge()
end
