package dev.hexlens.web;

import dev.hexlens.store.LatestReleases;
import dev.hexlens.store.Releases;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.store.postgres.PrefixStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is in the store, looked up now and then while somebody asks. Never waits for the database,
 * whose connections a run may have all in use.
 */
final class StoreWatch {
  private static final Duration FRESH = Duration.ofSeconds(3);

  private static final int SHOWN = 40;

  private final Database database;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Figures latest;
  private volatile long lookedAt;

  StoreWatch(Database database) {
    this.database = database;
    this.latest = new Figures(database.prefix().name(), null, null, null, null, List.of(), null);
    this.lookedAt = System.nanoTime() - FRESH.toNanos();
  }

  /**
   * What is complete in a prefix; null for what is not known yet.
   *
   * @param bytes of its tables and indexes
   * @param begun what was indexed last or is in work, by whichever process, the latest first
   * @param problem why the numbers are old or missing; null where they are not
   */
  record Figures(
      String prefix,
      @Nullable Integer packages,
      @Nullable Integer releases,
      @Nullable Long files,
      @Nullable Long bytes,
      List<Begun> begun,
      @Nullable String problem) {}

  /**
   * A release.
   *
   * @param completed milliseconds since 1970; null while it is in work
   */
  record Begun(String release, int files, @Nullable Long completed) {
    static Begun of(LatestReleases.Latest latest) {
      Instant at = latest.completedAt();
      return new Begun(
          latest.name() + "@" + latest.version(),
          latest.files(),
          at == null ? null : (Long) at.toEpochMilli());
    }
  }

  /** The latest figures; old ones are looked up anew for the next time. */
  Figures figures() {
    boolean old = System.nanoTime() - lookedAt >= FRESH.toNanos();
    if (old && looking.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::look);
    }
    return latest;
  }

  private void look() {
    try {
      latest = ask();
    } catch (DatabaseException e) {
      Figures known = latest;
      latest =
          new Figures(
              known.prefix(),
              known.packages(),
              known.releases(),
              known.files(),
              known.bytes(),
              known.begun(),
              e.getMessage());
    } finally {
      lookedAt = System.nanoTime();
      looking.set(false);
    }
  }

  /** The figures of this moment, which may have to be waited for. */
  Figures figuresNow() {
    look();
    return latest;
  }

  private Figures ask() {
    String prefix = database.prefix().name();
    Releases.Totals totals = new Releases(database).totals(Cancellation.NONE);
    long bytes =
        database.prefixes().stream()
            .filter(each -> each.name().equals(prefix))
            .mapToLong(PrefixStatus::bytes)
            .sum();
    List<Begun> begun = new LatestReleases(database).begun(SHOWN).stream().map(Begun::of).toList();
    return new Figures(
        prefix, totals.packages(), totals.releases(), totals.files(), bytes, begun, null);
  }
}
