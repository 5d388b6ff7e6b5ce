defmodule Oddities.Templates do
  @moduledoc false
  require EEx

  EEx.function_from_file(:def, :letter, Path.join(__DIR__, "templates/letter.txt.eex"), [:assigns])
  EEx.function_from_string :defp, :greet, "Hello <%= String.capitalize(name) %>", [:name]

  def both(name), do: greet(name) <> letter(name: name, items: ["a"])
  def now, do: EEx.eval_string("<%= Integer.to_string(1) %>", [])
end
