defmodule Oddities.Numbers do
  @moduledoc false

  def integers do
    [0, 1, 00, 007, 1_000, 1_000_000, 1_2_3, -5, +5, - 5, 0b0, 0b1010, 0b1111_0000, 0o0, 0o777, 0o7_5_5, 0x0, 0xFF, 0xff, 0xDEAD_BEEF, 0xaBcD] ++
      [170_141_183_460_469_231_731_687_303_715_884_105_728, 99999999999999999999999999999999999999999]
  end

  def floats, do: [0.0, 1.0, 1.5, 1_000.5, 1_0.0_1, 1.0e10, 1.0E10, 1.0e-10, 1.0e+10, 12.34e5_6, -0.0, 5.0e-324, 1.7976931348623157e308, 0.1, 3.14]

  def chars, do: [?a, ?A, ?0, ?\s, ?\n, ?\t, ?\r, ?\\, ?\0, ?\a, ?\b, ?\d, ?\e, ?\f, ?\v, ?\", ?\', ??, ?!, ?#, ?(, ?), ?[, ?], ?{, ?}, ?,, ?;, ?:, ?., ?|, ?é, ?ß, ?→, ?😀]
  def escaped_chars, do: [?\q, ?\x, ?\u, ?\#, ?\(]
  def space, do: ?\ 

  # a range of chars, a step, and one that goes down
  def ranges, do: [?a..?z, 1..10, 1..10//2, 10..1//-1, 1..-1//1, -1..1, 1.. 2, 1 ..2, 0x0..0xF, .., (..)]

  def tight, do: [1+1, 1-1, 1*1, 1/1, 2**3, 1..2, -1-1, - -1, 1 - -1, 1 -1, +-+1, 1==1, 1<2, 1>2, 1!=2]
  def no_newline_needed, do: 1;def other, do: 2; def another, do: 3
end
