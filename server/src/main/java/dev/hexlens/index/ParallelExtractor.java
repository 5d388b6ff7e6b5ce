package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.store.FileRecord;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Reads and links many files of one source set on several threads. */
final class ParallelExtractor implements AutoCloseable {
  /** Files in one piece of work: enough to outweigh handing it over. */
  private static final int SLICE = 32;

  private final ExecutorService executor;
  private final ConcurrentLinkedQueue<Extractor> idle = new ConcurrentLinkedQueue<>();

  ParallelExtractor(int concurrency) {
    this.executor =
        Executors.newFixedThreadPool(
            concurrency, Thread.ofPlatform().daemon().name("hexlens-extract-", 0).factory());
  }

  Extractor.Extracted extract(List<Extractor.Source> sources, Cancellation cancellation) {
    List<ExtractedFile> files = new ArrayList<>();
    Map<String, ModuleExports> exports = new HashMap<>();
    for (Extractor.Extracted part :
        inSlices(sources, cancellation, (extractor, slice) -> extractor.extract(slice))) {
      files.addAll(part.files());
      part.exports().forEach(exports::putIfAbsent);
    }
    return new Extractor.Extracted(List.copyOf(files), Map.copyOf(exports));
  }

  List<FileRecord> link(Extractor.Extracted extracted, Exports seen, Cancellation cancellation) {
    List<FileRecord> files = new ArrayList<>();
    inSlices(
            extracted.files(),
            cancellation,
            (extractor, slice) ->
                extractor.link(new Extractor.Extracted(slice, extracted.exports()), seen))
        .forEach(files::addAll);
    return files;
  }

  private interface Work<T, R> {
    R on(Extractor extractor, List<T> slice);
  }

  private <T, R> List<R> inSlices(List<T> all, Cancellation cancellation, Work<T, R> work) {
    List<R> done = new ArrayList<>();
    if (all.size() <= 2) { // a keystroke's worth is not handed over
      if (!all.isEmpty()) {
        done.add(with(extractor -> work.on(extractor, all)));
      }
      return done;
    }
    List<Future<R>> results = new ArrayList<>();
    for (int at = 0; at < all.size(); at += SLICE) {
      List<T> slice = all.subList(at, Math.min(all.size(), at + SLICE));
      Callable<R> task =
          () -> {
            cancellation.throwIfCancelled();
            return with(extractor -> work.on(extractor, slice));
          };
      results.add(executor.submit(task));
    }
    try {
      for (Future<R> result : results) {
        done.add(result.get());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      results.forEach(result -> result.cancel(false));
    }
    return done;
  }

  private <R> R with(Function<Extractor, R> work) {
    Extractor taken = idle.poll();
    Extractor extractor = taken == null ? new Extractor() : taken;
    try {
      return work.apply(extractor);
    } finally {
      idle.add(extractor);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    for (Extractor extractor = idle.poll(); extractor != null; extractor = idle.poll()) {
      extractor.close();
    }
  }
}
