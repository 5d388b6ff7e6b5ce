defmodule Oddities.Strings do
  @moduledoc """
  Strings, in every way.
  """

  @doc false
  def escapes do
    ["", " ", "\a\b\d\e\f\n\r\s\t\v\0", "\\", "\"", "\'", "\x41", "\x4", "\u0041", "\u00e9", "\u{41}", "\u{1F600}", "\u{0}", "\q\w\z", "\#{no}", "#", "#a", "# {a}", "#\{a}", "\xFF", "a\
b", "tab	inside", "nul\0"]
  end

  def lines, do: "first
second
  third"

  def interpolation(a, b \\ %{c: 1}) do
    [
      "#{a}",
      "#{}",
      "#{ }",
      "#{a}#{b.c}",
      "a#{a}b#{b[:c]}c",
      "#{"#{"#{a}"}"}",
      "#{"}"}",
      "#{'}'}#{?}}",
      "#{%{a: %{b: 1}}.a.b}",
      "#{if a do
        "yes"
      else
        "no"
      end}",
      "#{
        # a comment with a } in it
        a
      }",
      "#{a; b.c}",
      "#{fn x -> "#{x}" end.(a)}",
      "a\#{not} #{"but #{a}"} \\#{a}"
    ]
  end

  def heredocs(x) do
    [
      """
      plain
        indented
      """,
      """
      """,
      """

      """,
      """
        all of it
        is indented
      """,
      """
    less than the end, which warns
      """,
      """
      no newline at the end\
      """,
      """
      a "quote", two "", three \""" and #{x}
      #{"""
      inner #{x}
      """}
      """,
      """
      tab	here   
      trailing spaces   

      \t\u{e9}\
       joined
      """,
      '''
      charlist #{x}
        '' "
      '''
    ]
  end

    def deeper, do: """
    the end decides
      how deep
    """

  def charlists, do: ['', 'abc', 'a#{1}b', 'it\'s', '"', 'é\x41\u{e9}', 'a
b', '\#{}']

  def concat(a), do: "a" <> a <> "b" <> "c"
  def match("prefix" <> rest), do: rest
  def match(<<"other", rest::binary>>), do: rest

  def calls(x) do
    IO.puts """
    to the screen #{x}
    """

    String.trim("""
      piped
    """) |> String.upcase

    send self(), """
    a message
    """
  end

  def adjacent, do: ["a" | "b"] != ["a", "b"] and "a" == "a"
end
