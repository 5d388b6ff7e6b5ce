package dev.hexlens.cli;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.parser.ParseTimeout;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.elixir.template.Template;
import dev.hexlens.hex.FileProblem;
import dev.hexlens.hex.SourceFile;
import dev.hexlens.index.FolderExports;
import dev.hexlens.index.SourceFiles;
import dev.hexlens.pattern.FileSearch;
import dev.hexlens.pattern.FileView;
import dev.hexlens.pattern.Match;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.PatternException;
import dev.hexlens.pattern.Query;
import dev.hexlens.workspace.MixProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens grep}: structural search over files, without a database. */
@Command(
    name = "grep",
    description = {
      "Find a pattern, Elixir code with holes, in files.",
      "A folder means its Elixir files and templates (.ex, .exs, .eex, .heex, .leex); hidden folders, _build, deps and node_modules in it are left out."
    },
    mixinStandardHelpOptions = true)
final class GrepCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "PATTERN [PATH]", description = "Default path: .")
  private List<String> arguments = List.of();

  @Option(
      names = {"-e", "--pattern"},
      paramLabel = "PATTERN",
      description = "One of several patterns; then all other arguments are paths.")
  private List<String> patterns = List.of();

  @Mixin private FilterOptions filters = new FilterOptions();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "--count", description = "Print how many matches there are.")
  private boolean count;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after so many matches.")
  private @Nullable Integer limit;

  @Option(names = "--cases", paramLabel = "FILE", description = "Answer conformance cases.")
  private @Nullable Path cases;

  private final Console console;
  private final ThreadLocal<ElixirReader> readers = ThreadLocal.withInitial(ElixirReader::new);
  private int found;
  private int failed;

  GrepCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (cases != null) {
      new GrepCases().answer(cases, console.out());
      return ExitCode.FOUND;
    }
    List<Query> queries = queries();
    List<Path> files = SourceFiles.under(paths(), SourceFiles::isElixir);
    Exports exports = ElixirExports.instance().or(new FolderExports(files));
    ThreadLocal<Linker> linkers = ThreadLocal.withInitial(() -> new Linker(exports));
    try {
      OrderedWork.run(
          files.iterator(),
          OrderedWork.MANY,
          file -> search(file, queries, linkers.get()),
          this::print);
    } catch (LimitReached e) {
      console.err().println("hexlens: stopped after " + limit + " matches (--limit)");
    }
    if (count) {
      console.out().println(found);
    }
    if (failed > 0) {
      return ExitCode.FAILED;
    }
    return found > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
  }

  private List<Query> queries() {
    List<String> texts = new ArrayList<>(patterns);
    if (texts.isEmpty()) {
      if (arguments.isEmpty()) {
        throw new CommandFailure("name a pattern, for example: hexlens grep 'Enum.map(_, _)' lib");
      }
      texts.add(arguments.getFirst());
    }
    try {
      List<Query> queries = new ArrayList<>();
      Set<String> hints = new LinkedHashSet<>();
      for (String text : texts) {
        Pattern pattern = Pattern.parse(text);
        Query query = new Query(pattern, filters.filters(), List.of());
        if (pattern.isBroad() && query.filters().isEmpty() && limit == null) {
          throw new CommandFailure(
              "`%s` matches everything: add --limit N, or a filter such as --inside"
                  .formatted(text));
        }
        hints.addAll(pattern.hints());
        queries.add(query);
      }
      hints.forEach(hint -> console.err().println("hint: " + hint));
      return queries;
    } catch (PatternException e) {
      throw new CommandFailure(e.toString(), e);
    }
  }

  private List<Path> paths() {
    List<String> named =
        patterns.isEmpty() ? arguments.subList(1, arguments.size()) : List.copyOf(arguments);
    return named.isEmpty() ? List.of(Path.of(".")) : named.stream().map(Path::of).toList();
  }

  /** What one file gives: lines to print, or why it could not be searched. */
  private record Result(List<String> lines, @Nullable String note, boolean failure) {}

  private Result search(Path path, List<Query> queries, Linker linker) {
    byte[] source;
    QuotedTree tree;
    try {
      source = Files.readAllBytes(path);
      Optional<FileProblem> problem = new SourceFile(path.toString(), source).textProblem();
      if (problem.isPresent()) {
        return new Result(List.of(), problem.get() + ": left out", false);
      }
      boolean template = Template.Language.of(path.toString()) != null; // its names are another's
      if (!template && queries.stream().noneMatch(query -> query.possibleIn(source))) {
        return new Result(List.of(), null, false);
      }
      tree = readers.get().read(path.toString(), source);
    } catch (IOException e) {
      return new Result(List.of(), path + ": can't be read: " + e.getMessage(), true);
    } catch (ParseTimeout e) {
      return new Result(List.of(), path + ": " + e.getMessage(), true);
    }
    FileView file = new FileView(tree, source, () -> names(path, tree, source, linker));
    FileSearch search = new FileSearch(file);
    Set<Match> matches = new LinkedHashSet<>();
    queries.forEach(query -> matches.addAll(search.find(query)));
    List<String> lines = matches.stream().map(match -> line(path, source, file, match)).toList();
    boolean broken = tree.damaged() && Template.Language.of(path.toString()) == null;
    String note =
        broken ? path + ": does not parse everywhere; its healthy part was searched" : null;
    return new Result(lines, note, false);
  }

  private static NameResolution names(Path path, QuotedTree tree, byte[] source, Linker linker) {
    Facts facts = ElixirReader.names(path.toString(), tree, source);
    return linker.names(linker.placed(facts, FolderExports.shown(path)));
  }

  private String line(Path path, byte[] source, FileView file, Match match) {
    if (count) {
      return "";
    }
    LineIndex lines = file.lines();
    if (json) {
      MixProject project = MixProject.around(path);
      String shown = project == null ? path.toString() : project.relative(path);
      return MatchPrinter.json(
          project == null ? null : project.app(),
          project == null ? null : project.version(),
          shown,
          source,
          lines,
          match);
    }
    int line = lines.line(match.start());
    int column = lines.column(match.start());
    return path + ":" + line + ":" + column + "  " + MatchPrinter.line(source, lines, match);
  }

  private void print(Result result) {
    if (result.note() != null) {
      console.err().println("hexlens: " + result.note());
    }
    failed += result.failure() ? 1 : 0;
    for (String line : result.lines()) {
      if (limit != null && found >= limit) {
        throw new LimitReached();
      }
      found++;
      if (!count) {
        console.out().println(line);
      }
    }
  }

  private static final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitReached() {
      super("limit reached", null, false, false);
    }
  }
}
