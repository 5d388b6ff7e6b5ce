package dev.hexlens.lsp;

import dev.hexlens.hex.HexException;
import dev.hexlens.hex.HexRepository;
import dev.hexlens.hex.HexSettings;
import dev.hexlens.hex.RankedPackage;
import dev.hexlens.hex.RegistryKey;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.index.HexIndexer;
import dev.hexlens.index.IndexEvent;
import dev.hexlens.index.IndexReport;
import dev.hexlens.index.SourceLanguage;
import dev.hexlens.protocol.ReindexHexArguments;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.MixLock;
import dev.hexlens.workspace.Workspace;
import dev.hexlens.workspace.WorkspaceFolder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/** {@code hexlens.reindexHex}: fills the index of Hex, one run at a time. */
final class HexReindexer implements AutoCloseable {
  private final Workspace workspace;
  private final WorkProgress progress;
  private final ServerLog log;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("hexlens-reindex").factory());
  private final AtomicBoolean running = new AtomicBoolean();

  HexReindexer(Workspace workspace, WorkProgress progress, ServerLog log) {
    this.workspace = workspace;
    this.progress = progress;
    this.log = log;
  }

  boolean isRunning() {
    return running.get();
  }

  /** How a run ended, as the command's answer. */
  record Summary(
      int indexed,
      int alreadyThere,
      int skipped,
      int superseded,
      int failed,
      List<String> failures) {}

  CompletableFuture<Object> run(
      ReindexHexArguments arguments,
      Settings.Hex settings,
      @Nullable Either<String, Integer> workDoneToken) {
    if (!running.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(
          Failures.failed("Hex is being indexed already: wait for it, or cancel it"));
    }
    CompletableFuture<Object> done = new CompletableFuture<>();
    Cancellation cancellation = new Cancellation();
    var _ =
        done.whenComplete((value, failure) -> {
          if (done.isCancelled()) {
            Thread.ofVirtual().start(cancellation::cancel);
          }
        });
    executor.execute(() -> run(arguments, settings, workDoneToken, done, cancellation));
    return done;
  }

  private void run(
      ReindexHexArguments arguments,
      Settings.Hex settings,
      @Nullable Either<String, Integer> workDoneToken,
      CompletableFuture<Object> done,
      Cancellation cancellation) {
    Thread runner = Thread.currentThread();
    Runnable answer;
    try (WorkProgress.Shown shown = progress.begin("Indexing Hex", workDoneToken, cancellation);
        Cancellation.Registration _ = cancellation.onCancel(runner::interrupt)) {
      Summary summary = index(arguments, settings, shown);
      shown.finish(
          "%,d packages indexed, %,d failed".formatted(summary.indexed(), summary.failed()));
      answer = () -> done.complete(summary);
    } catch (InterruptedException | CancellationException e) {
      answer = () -> done.cancel(false);
    } catch (HexException e) {
      answer = () -> done.completeExceptionally(Failures.failed(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      if (cancellation.isCancelled()) {
        answer = () -> done.cancel(false);
      } else {
        log.failure("indexing Hex failed", e);
        answer = () -> done.completeExceptionally(Failures.of(e));
      }
    }
    var _ = Thread.interrupted(); // a cancellation that came late is not the next run's
    running.set(false);
    answer.run();
  }

  private Summary index(
      ReindexHexArguments arguments, Settings.Hex settings, WorkProgress.Shown shown)
      throws HexException, InterruptedException {
    String mode = arguments.mode() == null ? "lock" : arguments.mode();
    try (HexRepository source =
        HexRepository.open(settings(settings), path -> SourceLanguage.of(path).isPresent())) {
      HexIndexer.Options options =
          new HexIndexer.Options(
              selection(mode, arguments.limit(), settings, source),
              reason(mode),
              Runtime.getRuntime().availableProcessors(),
              false);
      AtomicInteger planned = new AtomicInteger();
      AtomicInteger finished = new AtomicInteger();
      IndexReport report =
          new HexIndexer(
                  workspace.hex().open().database(),
                  source,
                  options,
                  event -> show(event, planned, finished, shown))
              .run();
      List<String> failures = new ArrayList<>();
      report
          .failures()
          .forEach(failure -> {
            String line =
                "%s %s: %s".formatted(failure.name(), failure.version(), failure.reason());
            failures.add(line);
            log.warn(line);
          });
      return new Summary(
          report.indexed(),
          report.alreadyThere(),
          report.skipped(),
          report.superseded(),
          failures.size(),
          failures);
    }
  }

  /** Why what is indexed in a mode is kept. */
  private static String reason(String mode) {
    return switch (mode) {
      case "latest", "all" -> mode;
      case "lock" -> "locked";
      default -> "listed";
    };
  }

  private static void show(
      IndexEvent event, AtomicInteger planned, AtomicInteger finished, WorkProgress.Shown shown) {
    switch (event) {
      case IndexEvent.Planned plan -> planned.set(plan.releases());
      case IndexEvent.Started started ->
          shown.report(
              finished.get(),
              planned.get(),
              "%,d/%,d %s".formatted(finished.get(), planned.get(), started.release()));
      case IndexEvent.Stored stored -> finished.incrementAndGet();
      case IndexEvent.Skipped skipped -> finished.incrementAndGet();
      case IndexEvent.Failed failed -> finished.incrementAndGet();
      case IndexEvent.Stage stage -> shown.report(finished.get(), planned.get(), stage.name());
      default -> {}
    }
  }

  private static HexSettings settings(Settings.Hex settings) throws HexException {
    HexSettings.Builder builder = HexSettings.builder();
    settings.mirrors().forEach(mirror -> builder.mirror(URI.create(mirror)));
    if (settings.repository() != null) {
      builder.repository(settings.repository());
    }
    if (settings.registryKey() != null) {
      builder.key(RegistryKey.read(Path.of(settings.registryKey())));
    }
    if (settings.api() != null) {
      builder.apiUrl(URI.create(settings.api()));
    }
    return builder.build();
  }

  private ReleaseSelection selection(
      String mode, @Nullable Integer limit, Settings.Hex settings, HexRepository source)
      throws HexException, InterruptedException {
    return switch (mode) {
      case "latest" -> new ReleaseSelection.Latest(false);
      case "all" -> new ReleaseSelection.All(false);
      case "lock" -> new ReleaseSelection.Listed(locked());
      case "top" -> {
        int most = limit == null ? settings.top() : limit;
        List<RankedPackage> ranked = source.api().top(most);
        yield new ReleaseSelection.Top(ranked, most, false);
      }
      default ->
          throw Failures.invalid("'%s' is no mode: use latest, top, all or lock".formatted(mode));
    };
  }

  /** What the locks of the folders name and the folders don't have on disk. */
  private Map<String, String> locked() {
    Map<String, String> locked = new TreeMap<>();
    for (WorkspaceFolder folder : workspace.folders()) {
      MixLock.read(folder.root().resolve("mix.lock"))
          .packages()
          .forEach((name, lock) -> {
            boolean onDisk = Files.isDirectory(folder.root().resolve("deps").resolve(name));
            if (lock.hexName() != null && !onDisk) {
              locked.put(lock.hexName(), lock.version());
            }
          });
    }
    return locked;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      var _ = executor.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
