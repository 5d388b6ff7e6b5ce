package dev.hexlens.cli;

import dev.hexlens.hex.HexException;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.index.HexIndexer;
import dev.hexlens.index.IndexReport;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hexlens index hex}. */
@Command(
    name = "hex",
    description = "Index packages of Hex, or of a repository like it. Goes on where it stood.",
    footer = {
      "",
      "Proxies and certificates are those of Java: give its options in HEXLENS_JAVA_OPTS, as in",
      "  -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=3128   (http.nonProxyHosts: past it)",
      "  -Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=…   (a custom CA)",
      "",
      "Several processes on one database share the work. Exit 3: some failed, or time ran out."
    },
    mixinStandardHelpOptions = true)
final class IndexHexCommand implements Callable<Integer> {
  /** What --mode top takes unless told. */
  private static final int TOP = 300;

  private enum Mode {
    latest,
    top,
    all
  }

  @Option(
      names = "--mode",
      description =
          "latest: each package's highest stable release, else its highest; top: that of those with"
              + " most downloads; all: every version. Default: latest.")
  private @Nullable Mode mode;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Releases at most. Default: 300 with --mode top, else all.")
  private @Nullable Integer limit;

  @Option(names = "--skip-retired", description = "Pass retired releases over.")
  private boolean skipRetired;

  @Option(
      names = "--entries-file",
      paramLabel = "FILE",
      description =
          "Exactly these releases: NAME VERSION, NAME-VERSION or NAME@VERSION a line; or an earlier"
              + " --report, whose failures are tried again.")
  private @Nullable Path entriesFile;

  @Option(
      names = "--entries-output",
      paramLabel = "FILE",
      description = "Write the chosen releases here, for --entries-file.")
  private @Nullable Path entriesOutput;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write here, as JSON, what became of each release, and where the time went.")
  private @Nullable Path reportFile;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "End the run after this time, as in 90, 10m or 2h30m; what is done by then is kept, and"
              + " the next run goes on. Default: none.")
  private @Nullable String timeout;

  @Option(
      names = "--package-timeout",
      paramLabel = "TIME",
      description =
          "Give a package up that takes longer to fetch or to read, and go on. Default: 5m.")
  private @Nullable String packageTimeout;

  @Option(names = "--concurrency", paramLabel = "N", description = "Default: one a core.")
  private int concurrency = Runtime.getRuntime().availableProcessors();

  @Option(names = "--force", description = "Also what is there already, and older versions.")
  private boolean force;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Mixin private StoreOptions store = new StoreOptions();
  @Mixin private WebOptions web = new WebOptions();

  private final Console console;

  IndexHexCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    List<ReleaseId> entries = entriesFile == null ? null : EntriesFile.read(entriesFile);
    if (entries != null && entries.isEmpty()) {
      console.err().println("nothing failed in " + entriesFile + ": nothing to try again");
      return ExitCode.FOUND;
    }
    try (Database database = store.open(console);
        RunDisplay display = web.display(database, console)) {
      IndexReport report = display.during(() -> index(database, entries, display));
      IndexSummary.print(report, console.err());
      return report.failures().isEmpty() && !report.stopped()
          ? ExitCode.FOUND
          : IndexCommand.SOME_FAILED;
    } catch (HexException | DatabaseException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void check() {
    if (entriesFile != null && (mode != null || limit != null)) {
      throw new CommandFailure(
          "--entries-file names the releases itself: leave --mode and --limit out");
    }
    if (limit != null && limit < 1) {
      throw new CommandFailure("--limit must be 1 or more, not " + limit);
    }
    if (concurrency < 1) {
      throw new CommandFailure("--concurrency must be 1 or more, not " + concurrency);
    }
    duration("--timeout", timeout);
    duration("--package-timeout", packageTimeout);
    ReportFile.check(reportFile);
  }

  private IndexReport index(
      Database database, @Nullable List<ReleaseId> entries, RunDisplay display)
      throws HexException, InterruptedException {
    try (ReleaseSource source = repository.open(console)) {
      Duration limit = duration("--package-timeout", packageTimeout);
      HexIndexer.Options options =
          new HexIndexer.Options(
              selection(entries),
              reason(),
              concurrency,
              force,
              duration("--timeout", timeout),
              limit == null ? HexIndexer.Options.RELEASE_LIMIT : limit);
      return run(new HexIndexer(database, source, options, display), source);
    }
  }

  private IndexReport run(HexIndexer indexer, ReleaseSource source)
      throws HexException, InterruptedException {
    String error = "interrupted";
    try {
      IndexReport report = indexer.run();
      error = null;
      return report;
    } catch (HexException | RuntimeException e) {
      error = String.valueOf(e.getMessage());
      throw e;
    } finally {
      if (reportFile != null) {
        ReportFile.write(reportFile, indexer.report(), told(source), error);
      }
    }
  }

  /** What the report says of the run's options. */
  private Map<String, String> told(ReleaseSource source) {
    Map<String, String> told = new HashMap<>();
    told.put("prefix", store.prefix());
    told.put("mode", entriesFile == null ? mode().name() : "entries");
    told.put("source", source.origin());
    told.put("concurrency", String.valueOf(concurrency));
    if (limit != null) {
      told.put("limit", limit.toString());
    }
    return told;
  }

  private Mode mode() {
    return mode == null ? Mode.latest : mode;
  }

  private String reason() {
    if (entriesFile != null) {
      return "listed";
    }
    // Those with most downloads come in their latest version, which a newer one supersedes.
    return mode() == Mode.all ? "all" : "latest";
  }

  private ReleaseSelection selection(@Nullable List<ReleaseId> entries)
      throws HexException, InterruptedException {
    ReleaseSelection selection = entries == null ? byMode() : new ReleaseSelection.Exactly(entries);
    if (limit != null && mode() != Mode.top) {
      selection = new ReleaseSelection.First(selection, limit);
    }
    Path output = entriesOutput;
    return output == null
        ? selection
        : new ReleaseSelection.Noted(selection, chosen -> EntriesFile.write(output, chosen));
  }

  private ReleaseSelection byMode() throws HexException, InterruptedException {
    return switch (mode()) {
      case latest -> new ReleaseSelection.Latest(skipRetired);
      case all -> new ReleaseSelection.All(skipRetired);
      case top -> {
        int most = limit == null ? TOP : limit;
        yield new ReleaseSelection.Top(repository.top(most, console), most, skipRetired);
      }
    };
  }

  private static @Nullable Duration duration(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    String iso = "PT" + text.toUpperCase(Locale.ROOT) + (text.matches("[0-9]+") ? "S" : "");
    try {
      Duration time = Duration.parse(iso);
      if (time.isPositive()) {
        return time;
      }
    } catch (DateTimeParseException e) {
      throw noTime(option, text, e);
    }
    throw noTime(option, text, null);
  }

  private static CommandFailure noTime(String option, String text, @Nullable Exception cause) {
    String sentence =
        option + " " + text + " is no time: write it as in 90 (seconds), 10m or 2h30m";
    return cause == null ? new CommandFailure(sentence) : new CommandFailure(sentence, cause);
  }
}
