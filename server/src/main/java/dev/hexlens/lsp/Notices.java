package dev.hexlens.lsp;

import dev.hexlens.store.postgres.DatabaseException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.MessageType;
import org.jspecify.annotations.Nullable;

/** Tells the user what needs to be known, once. For many threads. */
final class Notices {
  private final ServerLog log;
  private final AtomicBoolean cut = new AtomicBoolean();
  private final AtomicReference<@Nullable String> outage = new AtomicReference<>();

  Notices(ServerLog log) {
    this.log = log;
  }

  /** An answer was cut: said once a session, for a limit that is met is met often. */
  void cut(String sentence) {
    if (cut.compareAndSet(false, true)) {
      log.show(MessageType.Info, sentence);
    }
  }

  /** The database can't be had: said once until it is back. */
  void outage(DatabaseException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (!Objects.equals(outage.getAndSet(reason), reason)) {
      log.show(MessageType.Error, reason);
    }
  }

  /** The database answered. */
  void available() {
    if (outage.getAndSet(null) != null) {
      log.info("the database is back");
    }
  }

  /** Why the database can't be had at present; null when it can. */
  @Nullable String problem() {
    return outage.get();
  }
}
