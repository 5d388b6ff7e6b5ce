defmodule Oddities.Unicode do
  @moduledoc "Ünïcödé, 日本語, العربية, 👩‍👩‍👧‍👦 and 🏳️‍🌈."

  @größe 10
  def größe(länge \\ @größe), do: länge
  def 変数(値), do: 値 + 1
  def привет?(имя), do: "привет, #{имя}!" == nil
  def été!, do: :été
  def émojis, do: ["😀", "👩‍👩‍👧‍👦", "🇪🇺", "é" <> "é", ?😀, :"😀", '😀', ~s(😀 #{"日本"} 😀), ~w(日 本), %{"ключ" => 1, ключ: 2, é: 3}]
  def after_emoji, do: {"😀😀", größe(), "日本語", 変数(1), :été, été!()} # 😀 größe()
  def combined, do: "e\u0301" # stays two code points
  def heredoc(x), do: """
  😀 #{größe(x)} 日本語
    naïve #{変数(x)}
  """
  def zero_width, do: "a​b" <> "﻿" <> " "
  def wide_call(x), do: x |> größe() |> 変数() |> Kernel.+(größe(変数(größe())))
  defmodule Nandu do
    def ñ, do: Oddities.Unicode.größe()
  end
  alias __MODULE__.Nandu, as: Ae
  def ä, do: Ae.ñ()
  def ångström(αβγ, ß \\ 1), do: αβγ + ß
end
