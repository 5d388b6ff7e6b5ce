# Prints what Elixir's own modules export: the table that HexLens links names against.
#
#   elixir exports.exs > one.txt                      what this Elixir exports
#   elixir exports.exs merge one.txt two.txt …        the union, for the resource files:
#     … > ../resources/dev/hexlens/elixir/link/exports.txt
#     … kernel > ../resources/dev/hexlens/elixir/facts/kernel.txt
#
# One line a thing, sorted: `module`, then letter and names with their arities.
#   # Elixir VERSION                where the lines come from
#   Enum f all? 1 2                 functions;  m macros;  t types;  c callbacks
#   Range s                         it is a struct
#   GenServer import Mod f name 1 2 what `use GenServer` imports (f functions, m macros),
#   GenServer alias Name Mod        the aliases, and
#   GenServer define f init 1       the functions that it defines in the module that uses it
defmodule Table do
  @applications [:elixir, :logger, :ex_unit, :mix, :eex, :iex]

  # Their __using__ wants options or a running system.
  @unusable [Dict, Mix.Project]

  def lines do
    modules = Enum.flat_map(@applications, &modules/1)
    ["# Elixir #{System.version()}" | Enum.flat_map(modules, &of/1)]
  end

  defp modules(application) do
    Application.load(application)
    {:ok, modules} = :application.get_key(application, :modules)
    for module <- modules, match?("Elixir." <> _, Atom.to_string(module)), not implementation?(module), do: module
  end

  defp implementation?(module), do: Code.ensure_loaded?(module) and function_exported?(module, :__impl__, 1)

  defp of(module) do
    Code.ensure_loaded(module)
    name = inspect(module)
    macros = if function_exported?(module, :__info__, 1), do: module.__info__(:macros), else: []
    functions = if function_exported?(module, :__info__, 1), do: module.__info__(:functions), else: []

    grouped("#{name} f", functions) ++
      grouped("#{name} m", macros) ++
      grouped("#{name} t", types(module)) ++
      grouped("#{name} c", callbacks(module)) ++
      if(function_exported?(module, :__struct__, 0), do: ["#{name} s"], else: []) ++
      if({:__using__, 1} in macros and module not in @unusable, do: using(module), else: [])
  end

  defp types(module) do
    case Code.Typespec.fetch_types(module) do
      {:ok, types} -> for {kind, {name, _, arguments}} <- types, kind != :typep, do: {name, length(arguments)}
      :error -> []
    end
  end

  defp callbacks(module) do
    case Code.Typespec.fetch_callbacks(module) do
      {:ok, callbacks} ->
        for {{name, arity}, _} <- callbacks do
          case Atom.to_string(name) do
            "MACRO-" <> macro -> {String.to_atom(macro), arity - 1}
            _ -> {name, arity}
          end
        end

      :error ->
        []
    end
  end

  # What `use module` changes, seen from inside a module that does it and nothing else.
  defp using(module) do
    code = """
    defmodule HexLensProbe do
      require Table
      before = {__ENV__.functions, __ENV__.macros, __ENV__.aliases}
      use #{inspect(module)}
      Table.keep(before, __ENV__, Module.definitions_in(__MODULE__))
    end
    """

    try do
      Code.compiler_options(ignore_module_conflict: true)
      ExUnit.CaptureIO.capture_io(:stderr, fn -> Code.eval_string(code) end)
      {{functions, macros, aliases}, env, private} = Process.get(:kept)
      definitions = private ++ apply(HexLensProbe, :__info__, [:functions])
      name = inspect(module)

      imported(name, "f", env.functions -- functions) ++
        imported(name, "m", env.macros -- macros) ++
        for({as, target} <- env.aliases -- aliases, do: "#{name} alias #{inspect(as)} #{inspect(target)}") ++
        grouped("#{name} define f", definitions)
    rescue
      error ->
        IO.puts(:stderr, "use #{inspect(module)}: #{Exception.message(error)}")
        []
    catch
      :exit, _ ->
        IO.puts(:stderr, "use #{inspect(module)} needs a running system")
        []
    end
  end

  def keep(before, env, definitions), do: Process.put(:kept, {before, env, definitions})

  defp imported(name, letter, imports) do
    Enum.flat_map(imports, fn {from, names} -> grouped("#{name} import #{inspect(from)} #{letter}", names) end)
  end

  defp grouped(prefix, names) do
    names
    |> Enum.reject(fn {name, _} -> name in [:module_info, :__info__, :behaviour_info] end)
    |> Enum.group_by(&elem(&1, 0), &elem(&1, 1))
    |> Enum.map(fn {name, arities} -> "#{prefix} #{name} #{arities |> Enum.uniq() |> Enum.sort() |> Enum.join(" ")}" end)
  end

  # The union of several tables: the arities of one thing on one line.
  def merge(files) do
    lines = Enum.flat_map(files, &(&1 |> File.read!() |> String.split("\n", trim: true)))
    {remarks, lines} = Enum.split_with(lines, &String.starts_with?(&1, "#"))

    merged =
      lines
      |> Enum.map(&split/1)
      |> Enum.group_by(&elem(&1, 0), &elem(&1, 1))
      |> Enum.map(fn {what, arities} -> Enum.join([what | arities |> Enum.concat() |> Enum.uniq() |> Enum.sort()], " ") end)

    Enum.uniq(remarks) ++ Enum.sort(merged)
  end

  defp split(line) do
    {arities, what} =
      line |> String.split(" ") |> Enum.reverse() |> Enum.split_while(&(&1 =~ ~r/^\d+$/))

    {what |> Enum.reverse() |> Enum.join(" "), Enum.map(arities, &String.to_integer/1)}
  end

  def kernel(lines) do
    for line <- lines, new = kernel_line(line), do: new
  end

  defp kernel_line("#" <> _ = line), do: line
  defp kernel_line("Kernel.SpecialForms m " <> names), do: "special " <> names
  defp kernel_line("Kernel f " <> names), do: "kernel " <> names
  defp kernel_line("Kernel m " <> names), do: "kernel " <> names
  defp kernel_line(_), do: nil
end

ExUnit.start(autorun: false)

case System.argv() do
  [] -> Table.lines()
  ["merge" | files] -> if "kernel" in files, do: Table.kernel(Table.merge(files -- ["kernel"])), else: Table.merge(files)
end
|> Enum.each(&IO.puts/1)
