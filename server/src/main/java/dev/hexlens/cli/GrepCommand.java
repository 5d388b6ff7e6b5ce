package dev.hexlens.cli;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.parser.ParseTimeout;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.elixir.template.Template;
import dev.hexlens.hex.FileProblem;
import dev.hexlens.hex.SourceFile;
import dev.hexlens.index.FolderExports;
import dev.hexlens.index.SourceFiles;
import dev.hexlens.pattern.FileSearch;
import dev.hexlens.pattern.FileView;
import dev.hexlens.pattern.Match;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.Around;
import dev.hexlens.store.GeneratedCode;
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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

  @Option(
      names = "--package",
      paramLabel = "P[@V]",
      description = {
        "Where a path is a folder of packages, NAME or NAME-VERSION each: only this package, or"
            + " this version of it. Repeatable."
      })
  private List<String> packages = List.of();

  @Mixin private FileScopeOptions scope = new FileScopeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--cases", paramLabel = "FILE", description = "Answer conformance cases.")
  private @Nullable Path cases;

  private final Console console;
  private final ThreadLocal<ElixirReader> readers = ThreadLocal.withInitial(ElixirReader::new);
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
    AnswerPrinter printer = new AnswerPrinter(console, output);
    // Both take a third of a second: the parser is loaded for the pattern while folders are read.
    Future<List<Path>> listing =
        ForkJoinPool.commonPool().submit(() -> SourceFiles.under(paths(), SourceFiles::isElixir));
    List<Query> queries = queries();
    Predicate<String> wanted = scope.paths();
    Around around = scope.around();
    List<Path> all = OrderedWork.outcome(listing);
    Exports exports = ElixirExports.instance().or(new FolderExports(all));
    PackageFolders chosen = new PackageFolders(packages, paths());
    Stream<Path> files =
        all.stream().filter(file -> chosen.admits(file) && wanted.test(relative(file)));
    ThreadLocal<Linker> linkers = ThreadLocal.withInitial(() -> new Linker(exports));
    try {
      OrderedWork.run(
          files.iterator(), // one by one: the first are searched while others are looked at
          OrderedWork.MANY,
          file -> search(file, queries, around, linkers.get()),
          result -> print(result, printer));
    } catch (LimitReached e) {
      // the printer says so
    }
    printer.finish();
    return failed > 0 ? ExitCode.FAILED : printer.exitCode();
  }

  /** As a package would have it: inside of its project, or as it was given. */
  private static String relative(Path file) {
    MixProject project = MixProject.around(file);
    return project == null ? file.normalize().toString() : project.relative(file);
  }

  private List<Query> queries() {
    List<String> texts = new ArrayList<>(patterns);
    if (texts.isEmpty()) {
      if (arguments.isEmpty()) {
        throw new CommandFailure("name a pattern, for example: hexlens grep 'Enum.map(_, _)' lib");
      }
      texts.add(arguments.getFirst());
    }
    return SearchCommand.queries(texts, filters, output, console.err());
  }

  private List<Path> paths() {
    List<String> named =
        patterns.isEmpty() ? arguments.subList(1, arguments.size()) : List.copyOf(arguments);
    return named.isEmpty() ? List.of(Path.of(".")) : named.stream().map(Path::of).toList();
  }

  /** What one file gives: answers, or why it could not be searched. */
  private record Result(List<Answer> answers, @Nullable String note, boolean failure) {}

  private Result search(Path path, List<Query> queries, Around around, Linker linker) {
    byte[] source;
    QuotedTree tree;
    try {
      source = Files.readAllBytes(path);
      Optional<FileProblem> problem = new SourceFile(path.toString(), source).textProblem();
      if (problem.isPresent()) {
        return new Result(List.of(), problem.get() + ": left out", false);
      }
      if (!scope.generated() && GeneratedCode.isIn(source)) {
        return new Result(List.of(), null, false);
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
    Once<Facts> facts =
        new Once<>(() -> {
          Facts names = ElixirReader.facts(path.toString(), tree, source);
          return linker.placed(names, FolderExports.shown(path));
        });
    FileView file = new FileView(tree, source, () -> linker.names(facts.get()));
    FileSearch search = new FileSearch(file);
    Set<Match> matches = new LinkedHashSet<>();
    queries.forEach(query -> matches.addAll(search.find(query)));
    List<Answer> answers = new ArrayList<>();
    if (!matches.isEmpty()) {
      MixProject project = MixProject.around(path);
      for (Match match : matches) {
        if (around.isAnything() || around.admits(facts.get(), match.start(), match.end())) {
          String module =
              output.countBy() == OutputOptions.CountBy.MODULE
                  ? Around.moduleAt(facts.get(), match.start(), match.end())
                  : null;
          answers.add(answer(path, project, source, file, module, match));
        }
      }
    }
    boolean broken = tree.damaged() && Template.Language.of(path.toString()) == null;
    String note =
        broken ? path + ": does not parse everywhere; its healthy part was searched" : null;
    return new Result(answers, note, false);
  }

  private Answer answer(
      Path path,
      @Nullable MixProject project,
      byte[] source,
      FileView file,
      @Nullable String module,
      Match match) {
    MixProject shown = output.form() == OutputOptions.Form.JSON ? project : null;
    return new Answer(
        shown == null ? null : shown.app(),
        shown == null ? null : shown.version(),
        shown == null ? path.toString() : shown.relative(path),
        source,
        file.lines(),
        match.start(),
        match.end(),
        () -> MatchPrinter.json(source, match),
        () -> module);
  }

  /** What is worked out when it is first asked for, and known from then on. For one thread. */
  private static final class Once<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    Once(Supplier<T> maker) {
      this.maker = maker;
    }

    T get() {
      T known = made;
      if (known == null) {
        known = maker.get();
        made = known;
      }
      return known;
    }
  }

  private void print(Result result, AnswerPrinter printer) {
    if (result.note() != null) {
      console.err().println("hexlens: " + result.note());
    }
    failed += result.failure() ? 1 : 0;
    for (Answer answer : result.answers()) {
      if (!printer.add(answer) || printer.isFull()) {
        throw new LimitReached();
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
