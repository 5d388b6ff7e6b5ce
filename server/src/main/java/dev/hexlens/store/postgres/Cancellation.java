package dev.hexlens.store.postgres;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request's token: whoever asked calls {@link #cancel()}, whoever works looks at it or hooks into
 * it. Safe for use by several threads; cancelled for good.
 */
public final class Cancellation {

  /** For work that nobody cancels; {@link #cancel()} on it is refused. */
  public static final Cancellation NONE = new Cancellation(false);

  private final boolean cancellable;
  private final Set<Hook> hooks = new LinkedHashSet<>();
  private volatile boolean cancelled;

  public Cancellation() {
    this(true);
  }

  private Cancellation(boolean cancellable) {
    this.cancellable = cancellable;
  }

  /** Cancels, and runs the hooks in this thread. Later calls do nothing. */
  public void cancel() {
    if (!cancellable) {
      throw new IllegalStateException("Cancellation.NONE is shared and can't be cancelled");
    }
    List<Hook> due;
    synchronized (hooks) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = List.copyOf(hooks);
      hooks.clear();
    }
    due.forEach(Hook::run);
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Ends the work with a CancellationException if the token is cancelled. Cheap: a volatile read.
   */
  public void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("cancelled");
    }
  }

  /**
   * Has a hook run at {@link #cancel()}, or at once in this thread if that is past. It must be
   * short, and should not throw.
   */
  public Registration onCancel(Runnable hook) {
    var registered = new Hook(hook);
    if (!cancellable) {
      return registered;
    }
    boolean late;
    synchronized (hooks) {
      late = cancelled;
      if (!late) {
        hooks.add(registered);
      }
    }
    if (late) {
      registered.run();
    }
    return registered;
  }

  /**
   * A token that is cancelled with this one, and by itself when the time is over.
   *
   * @param time none or less: at once
   */
  public Limited within(Duration time) {
    return new Limited(this, time);
  }

  /** A token that ends by itself, until it is closed. */
  public static final class Limited implements AutoCloseable {
    private final Cancellation token = new Cancellation();
    private final Registration outer;
    private final @Nullable Future<?> end;

    private Limited(Cancellation from, Duration time) {
      outer = from.onCancel(token::cancel);
      if (time.isPositive()) {
        end =
            CompletableFuture.runAsync(
                token::cancel,
                CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
      } else {
        end = null;
        token.cancel();
      }
    }

    public Cancellation token() {
      return token;
    }

    @Override
    public void close() {
      outer.close();
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  /** A hook that stands until it is closed. */
  public interface Registration extends AutoCloseable {

    /** Returns when the hook is neither running nor able to run any more. */
    @Override
    void close();
  }

  private final class Hook implements Registration {
    private final Runnable action;
    private boolean closed;

    Hook(Runnable action) {
      this.action = action;
    }

    /** Holds the monitor while it runs: close() waits for it by taking the same one. */
    synchronized void run() {
      if (!closed) {
        action.run();
      }
    }

    @Override
    public void close() {
      synchronized (hooks) {
        hooks.remove(this);
      }
      synchronized (this) {
        closed = true;
      }
    }
  }
}
