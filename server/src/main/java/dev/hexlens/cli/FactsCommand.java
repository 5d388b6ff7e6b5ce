package dev.hexlens.cli;

import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.link.SourceSet;
import dev.hexlens.elixir.parser.ParseTimeout;
import dev.hexlens.index.SourceFacts;
import dev.hexlens.index.SourceFiles;
import dev.hexlens.workspace.MixProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hexlens facts}: what a folder defines and refers to, linked over the folder, its
 * dependencies and Elixir's own modules.
 */
@Command(
    name = "facts",
    description = "Print the definitions and references of a package's folder.",
    mixinStandardHelpOptions = true)
final class FactsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A package's folder.")
  private Path folder = Path.of(".");

  @Option(
      names = "--deps",
      paramLabel = "DIR",
      description =
          "A folder of packages that it depends on, NAME or NAME-VERSION each; repeatable. Default:"
              + " DIR/deps.")
  private List<Path> dependencies = List.of();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  private final Console console;
  private final ThreadLocal<SourceFacts> readers = ThreadLocal.withInitial(SourceFacts::new);

  FactsCommand(Console console) {
    this.console = console;
  }

  private static final class Source {
    final Path file;
    final byte[] bytes;
    final Facts facts;

    Source(Path file, byte[] bytes, Facts facts) {
      this.file = file;
      this.bytes = bytes;
      this.facts = facts;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(folder + " is not a folder; name a package's folder");
    }
    SourceSet known = new SourceSet();
    List<Source> sources = new ArrayList<>();
    OrderedWork.run(
        SourceFiles.under(List.of(folder), SourceFiles::isSource).iterator(),
        OrderedWork.FEW,
        this::read,
        read ->
            read.ifPresent(source -> {
              String path = inside(source.file);
              known.add(source.facts.exports().stream().map(module -> module.at(path)).toList());
              sources.add(source);
            }));
    for (Path dependency : dependencies()) {
      OrderedWork.run(
          librarySources(dependency).iterator(), OrderedWork.FEW, this::exports, known::add);
    }
    MixProject project = MixProject.around(folder.resolve("mix.exs"));
    Linker linker = new Linker(known.or(ElixirExports.instance()));
    for (Source source : sources) {
      print(
          project,
          inside(source.file),
          source,
          linker.link(linker.placed(source.facts, inside(source.file))));
    }
    return sources.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.FOUND;
  }

  private String inside(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private List<Path> dependencies() throws IOException {
    List<Path> folders = dependencies;
    if (folders.isEmpty()) {
      Path usual = folder.resolve("deps");
      folders = Files.isDirectory(usual) ? List.of(usual) : List.of();
    }
    List<Path> packages = new ArrayList<>();
    for (Path each : folders) {
      if (!Files.isDirectory(each)) {
        throw new CommandFailure(each + " is not a folder; --deps takes a folder of packages");
      }
      try (Stream<Path> inside = Files.list(each)) {
        inside.filter(Files::isDirectory).sorted().forEach(packages::add);
      }
    }
    return packages;
  }

  /** What a package that depends on this one can see. */
  private static List<Path> librarySources(Path dependency) {
    List<Path> sources = new ArrayList<>();
    for (Path file : SourceFiles.under(List.of(dependency), SourceFiles::isSource)) {
      Path inside = dependency.relativize(file);
      boolean script = file.toString().endsWith(".exs");
      if (!script && !inside.startsWith("test")) {
        sources.add(file);
      }
    }
    return sources;
  }

  private Optional<Source> read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return readers.get().of(file.toString(), bytes).map(facts -> new Source(file, bytes, facts));
    } catch (ParseTimeout e) {
      console.err().println("hexlens: " + file + ": " + e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ModuleExports> exports(Path file) {
    return read(file).map(source -> source.facts.exports()).orElse(List.of());
  }

  private void print(
      @Nullable MixProject project, String path, Source source, List<Reference> references) {
    FactsPrinter printer =
        new FactsPrinter(
            project == null ? null : project.app(),
            project == null ? null : project.version(),
            path,
            source.bytes);
    for (var definition : source.facts.definitions()) {
      console.out().println(json ? printer.json(definition) : printer.text(definition));
    }
    references.sort(Comparator.comparingInt(Reference::start).thenComparing(Reference::kind));
    for (Reference reference : references) {
      console.out().println(json ? printer.json(reference) : printer.text(reference));
    }
  }
}
