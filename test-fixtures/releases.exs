# Prints "NAME-VERSION DEPENDENCY-VERSION…" for each folder of SRC, dependencies first, and writes EBIN/NAME-VERSION/NAME.app,
# which Mix would do. A dependency is what mix.lock says, else the highest version that the requirement admits; the
# list holds all that is reachable.
#
#   elixir releases.exs SRC EBIN

defmodule Releases do
  def read(src) do
    for dir <- src |> Path.join("*") |> Path.wildcard() |> Enum.sort(), do: release(dir)
  end

  defp release(dir) do
    base = %{dir: dir, id: Path.basename(dir)}
    if File.exists?(Path.join(dir, "mix.exs")), do: Map.merge(base, mix(dir)), else: Map.merge(base, erlang(dir))
  end

  defp mix(dir) do
    Code.compile_file(Path.join(dir, "mix.exs"))
    config = Mix.Project.config()
    application = Mix.Project.get!().application()
    Mix.Project.pop()

    %{
      name: config[:app],
      version: config[:version],
      application: application,
      lock: lock(Path.join(dir, "mix.lock")),
      deps:
        for dep <- config[:deps] do
          case dep do
            {name, requirement} -> {name, requirement, []}
            {name, requirement, opts} -> {name, requirement, opts}
          end
        end
    }
  end

  defp erlang(dir) do
    [app_src] = Path.wildcard(Path.join(dir, "src/*.app.src"))
    {:ok, [{:application, name, properties}]} = :file.consult(app_src)
    %{name: name, version: to_string(properties[:vsn]), properties: properties, lock: %{}, deps: []}
  end

  defp lock(file) do
    if File.exists?(file) do
      {:ok, quoted} = file |> File.read!() |> Code.string_to_quoted(emit_warnings: false)
      {lock, _} = Code.eval_quoted(quoted)
      Map.new(lock, fn {name, entry} -> {to_string(name), elem(entry, 2)} end)
    else
      %{}
    end
  end

  def write_app(release, ebin) do
    dir = Path.join(ebin, release.id)
    File.mkdir_p!(dir)
    term = {:application, release.name, Map.get_lazy(release, :properties, fn -> properties(release) end)}
    File.write!(Path.join(dir, "#{release.name}.app"), :io_lib.format("~tp.~n", [term]))
  end

  defp properties(%{application: application} = release) do
    needed = for {name, _, opts} <- release.deps, !opts[:optional], do: name
    applications = [:kernel, :stdlib, :elixir] ++ Keyword.get(application, :extra_applications, []) ++ needed

    [vsn: to_charlist(release.version), modules: [], registered: [], applications: applications] ++
      Keyword.take(application, [:mod, :env])
  end

  def dependencies(release, all, lock \\ nil) do
    lock = lock || release.lock

    for {name, requirement, _} <- release.deps do
      admitted = Enum.filter(all, &(&1.name == name and Version.match?(&1.version, requirement)))
      if admitted == [], do: raise("#{release.id} needs #{name} #{requirement}, which is not there")
      chosen = Enum.find(admitted, &(&1.version == lock[to_string(name)])) || Enum.max_by(admitted, & &1.version, Version)
      [chosen | dependencies(chosen, all, lock)]
    end
    |> List.flatten()
    |> Enum.uniq_by(& &1.id)
  end
end

[src, ebin] = System.argv()
Mix.start()
Code.put_compiler_option(:ignore_module_conflict, true)
all = Releases.read(src)
Enum.each(all, &Releases.write_app(&1, ebin))

all
|> Enum.map(&{&1, Releases.dependencies(&1, all)})
|> Enum.sort_by(fn {_, dependencies} -> length(dependencies) end)
|> Enum.each(fn {release, dependencies} -> IO.puts(Enum.join([release.id | Enum.map(dependencies, & &1.id)], " ")) end)
