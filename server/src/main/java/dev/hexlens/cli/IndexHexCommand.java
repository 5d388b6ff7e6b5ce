package dev.hexlens.cli;

import dev.hexlens.hex.HexException;
import dev.hexlens.hex.HexRepository;
import dev.hexlens.hex.HexSettings;
import dev.hexlens.hex.RankedPackage;
import dev.hexlens.hex.RegistryKey;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.TarballFolder;
import dev.hexlens.hex.TarballLimits;
import dev.hexlens.index.HexIndexer;
import dev.hexlens.index.IndexReport;
import dev.hexlens.index.SourceLanguage;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hexlens index hex}. */
@Command(
    name = "hex",
    description = "Index packages of Hex, or of a repository like it. Goes on where it stood.",
    mixinStandardHelpOptions = true)
final class IndexHexCommand implements Callable<Integer> {
  private enum Mode {
    latest,
    top,
    all
  }

  @Option(
      names = "--mode",
      description =
          "latest: each package's highest stable release, else its highest; top: those with most downloads; all: every version. Default: latest.")
  private Mode mode = Mode.latest;

  @Option(names = "--limit", paramLabel = "N", description = "With --mode top. Default: 300.")
  private int limit = 300;

  @Option(names = "--skip-retired", description = "Pass retired releases over.")
  private boolean skipRetired;

  @Option(names = "--mirror", paramLabel = "URL", description = "Where from; repeatable.")
  private List<URI> mirrors = List.of();

  @Option(names = "--registry-url", paramLabel = "URL", description = "Default: the first mirror.")
  private @Nullable URI registry;

  @Option(names = "--api-url", paramLabel = "URL", description = "Asked with --mode top.")
  private @Nullable URI api;

  @Option(names = "--repository", paramLabel = "NAME", description = "Default: hexpm.")
  private @Nullable String repository;

  @Option(
      names = "--registry-key",
      paramLabel = "FILE",
      description = "The repository's public key, PEM. Default: hex.pm's.")
  private @Nullable Path key;

  @Option(names = "--auth-key", paramLabel = "KEY", description = "Of a private repository.")
  private @Nullable String authKey;

  @Option(names = "--tarball-dir", paramLabel = "DIR", description = "No network: tarballs here.")
  private @Nullable Path tarballs;

  @Option(names = "--cache-tarballs", paramLabel = "DIR", description = "Keep tarballs here.")
  private @Nullable Path cache;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description =
          "How often to ask for what does not come, waiting longer each time. Default: 5.")
  private int attempts = 5;

  @Option(names = "--concurrency", paramLabel = "N", description = "Default: one a core.")
  private int concurrency = Runtime.getRuntime().availableProcessors();

  @Option(names = "--force", description = "Also what is there already, and older versions.")
  private boolean force;

  @Mixin private StoreOptions store = new StoreOptions();
  @Mixin private WebOptions web = new WebOptions();

  private final Console console;

  IndexHexCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Database database = store.open(console);
        RunDisplay display = web.display(database, console)) {
      IndexReport report = display.during(() -> index(database, display));
      summarise(report, console);
      return report.failures().isEmpty() ? ExitCode.FOUND : IndexCommand.SOME_FAILED;
    } catch (HexException | DatabaseException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private IndexReport index(Database database, RunDisplay display)
      throws HexException, InterruptedException {
    try (ReleaseSource source = source()) {
      HexIndexer.Options options =
          new HexIndexer.Options(selection(source), reason(), concurrency, force);
      return new HexIndexer(database, source, options, display).run();
    }
  }

  private String reason() {
    return mode == Mode.latest ? "latest" : mode == Mode.all ? "all" : "listed";
  }

  private ReleaseSource source() throws HexException {
    Predicate<String> wanted = path -> SourceLanguage.of(path).isPresent();
    if (tarballs != null) {
      return TarballFolder.open(tarballs, TarballLimits.DEFAULT, wanted);
    }
    if (attempts < 1) {
      throw new CommandFailure("--attempts must be 1 or more, not " + attempts);
    }
    HexSettings.Builder settings =
        HexSettings.builder()
            .attempts(attempts)
            .events(event -> console.err().println("note    " + event.sentence()));
    mirrors.forEach(settings::mirror);
    if (registry != null) {
      settings.registryUrl(registry);
    }
    if (api != null) {
      settings.apiUrl(api);
    }
    if (repository != null) {
      settings.repository(repository);
    }
    if (authKey != null) {
      settings.authKey(authKey);
    }
    if (key != null) {
      settings.key(RegistryKey.read(key));
    }
    if (cache != null) {
      settings.tarballCache(cache);
    }
    return HexRepository.open(settings.build(), wanted);
  }

  private ReleaseSelection selection(ReleaseSource source)
      throws HexException, InterruptedException {
    return switch (mode) {
      case latest -> new ReleaseSelection.Latest(skipRetired);
      case all -> new ReleaseSelection.All(skipRetired);
      case top -> {
        if (!(source instanceof HexRepository hex)) {
          throw new CommandFailure("--mode top needs a repository: downloads are not in a folder");
        }
        List<RankedPackage> ranked = hex.api().top(limit);
        yield new ReleaseSelection.Top(ranked, limit, skipRetired);
      }
    };
  }

  static void summarise(IndexReport report, Console console) {
    console
        .err()
        .printf(
            Locale.ROOT,
            "%d indexed (%d files, %.1f MB), %d there already, %d skipped, %d superseded, %d failed in %.1f s%n",
            report.indexed(),
            report.files(),
            report.bytes() / 1e6,
            report.alreadyThere(),
            report.skipped(),
            report.superseded(),
            report.failures().size(),
            report.seconds());
    report.stages().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(stage ->
            console
                .err()
                .printf(Locale.ROOT, "  %-8s %8.1f s%n", stage.getKey(), stage.getValue()));
    report.failures().stream()
        .sorted(Comparator.comparing(IndexReport.Failure::name))
        .forEach(failure -> console.err().println("failed  " + failure));
  }
}
