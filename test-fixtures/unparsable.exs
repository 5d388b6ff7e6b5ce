# Prints those of the given files that Elixir's parser refuses.
#
#   elixir unparsable.exs FILE…

refused? = fn file ->
  try do
    match?({:error, _}, file |> File.read!() |> Code.string_to_quoted(emit_warnings: false))
  rescue
    # what is not UTF-8 is not given back as an error
    UnicodeConversionError -> true
  end
end

System.argv() |> Enum.filter(refused?) |> Enum.each(&IO.puts/1)
