package dev.hexlens.hex;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several servers with the same repository. A request goes round them, beginning with another one
 * each time, until one gives bytes that pass their check; if none does and waiting may help, it
 * goes round again after a delay that grows, with jitter, or that the servers ask for.
 */
final class MirrorRing {
  /** How long a mirror that failed is asked after the others. */
  private static final Duration REST = Duration.ofSeconds(30);

  /** How long a mirror that lied is not asked. */
  private static final Duration QUARANTINE = Duration.ofMinutes(10);

  /** The longest wait that a server can ask for: twice hex.pm's window of one minute. */
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(2);

  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /** Share of a delay that chance adds or takes away. */
  private static final double JITTER = 0.5;

  /**
   * How often and how fast to go round.
   *
   * @param attempts at least 1
   * @param delay after the first failure; it doubles each time, up to 30 seconds
   */
  record Patience(int attempts, Duration delay) {}

  /** Checks bytes and makes something of them. */
  interface Acceptor<T> {
    T accept(Answer.Found answer) throws HexException;
  }

  private final List<Mirror> mirrors;
  private final boolean rotating;
  private final HttpFetch fetch;
  private final Patience patience;
  private final InstantSource clock;
  private final Consumer<HexEvent> events;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * A ring of at least one.
   *
   * @param rotating begin with another one each time, else always with the first
   */
  MirrorRing(
      List<Mirror> mirrors,
      boolean rotating,
      HttpFetch fetch,
      Patience patience,
      InstantSource clock,
      Consumer<HexEvent> events) {
    if (mirrors.isEmpty()) {
      throw new IllegalArgumentException("no mirror: name one");
    }
    this.mirrors = List.copyOf(mirrors);
    this.rotating = rotating;
    this.fetch = fetch;
    this.patience = patience;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Gets one thing.
   *
   * @param path with a leading slash
   * @param resource what to call it in messages
   */
  <T> T get(String path, String resource, HttpFetch.Request request, Acceptor<T> acceptor)
      throws HexException, InterruptedException {
    Round<T> round = new Round<>(path, resource, request, acceptor);
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(Postponed.class)
            .withMaxRetries(patience.attempts() - 1)
            .withBackoff(patience.delay(), LONGEST_DELAY)
            .withJitter(JITTER)
            .withDelayFn(context -> askedFor(context.getLastException()))
            .onRetryScheduled(event ->
                events.accept(
                    new HexEvent.Retrying(
                        resource,
                        String.valueOf(event.getLastException().getMessage()),
                        event.getDelay())))
            .build();
    try {
      return Failsafe.with(policy).get(round::go);
    } catch (FailsafeException e) {
      switch (e.getCause()) {
        case HexException failure -> throw failure;
        case Postponed postponed -> throw round.givenUp(postponed);
        case InterruptedException interruption -> {
          // Failsafe sets the flag again; it must not end the caller's next wait as well.
          Thread.interrupted();
          throw interruption;
        }
        case null, default -> throw e;
      }
    }
  }

  /** The wait that servers ask for, or less than nothing, which leaves it to the backoff. */
  private Duration askedFor(@Nullable Throwable last) {
    if (!(last instanceof Postponed postponed) || postponed.hold.isZero()) {
      return Duration.ofNanos(-1);
    }
    return postponed.hold.plus(jitter());
  }

  /** Who was told the same time should not all come at once when it is over. */
  private Duration jitter() {
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(patience.delay().toNanos() + 1));
  }

  /** Nobody had it, but waiting may help. */
  private static final class Postponed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Duration hold;
    private final @Nullable HexException lie;

    Postponed(String reasons, Duration hold, @Nullable HexException lie) {
      super(reasons);
      this.hold = hold;
      this.lie = lie;
    }
  }

  /** One request's way round the mirrors. */
  private final class Round<T> {
    private final String path;
    private final String resource;
    private final HttpFetch.Request request;
    private final Acceptor<T> acceptor;

    /** Mirrors that gave wrong bytes for this request: not asked for it again. */
    private final Map<Mirror, HexException> lies = new LinkedHashMap<>();

    Round(String path, String resource, HttpFetch.Request request, Acceptor<T> acceptor) {
      this.path = path;
      this.resource = resource;
      this.request = request;
      this.acceptor = acceptor;
    }

    T go() throws Postponed, HexException, InterruptedException {
      Map<Mirror, Answer> answers = new LinkedHashMap<>();
      awaitTurn();
      for (Mirror mirror : order()) {
        Answer answer = fetch.get(mirror.resolve(path), request, mirror.authorization());
        if (answer instanceof Answer.Found found) {
          if (found.pause().isPositive()) {
            mirror.hold(clock.instant().plus(found.pause()));
          }
          try {
            T accepted = acceptor.accept(found);
            quarantineLiars();
            return accepted;
          } catch (HexException.WrongChecksum | HexException.BadRegistry e) {
            lies.put(mirror, e);
            continue;
          }
        }
        if (answer instanceof Answer.Failed) {
          mirror.rest(clock.instant().plus(REST));
        } else if (answer instanceof Answer.Hold(String _, Duration time)) {
          mirror.hold(clock.instant().plus(time));
        }
        answers.put(mirror, answer);
      }
      throw failure(answers);
    }

    /**
     * Waits while every mirror wants it. Not counted as an attempt: nothing was asked, and others
     * may have been told so rather than we.
     */
    private void awaitTurn() throws InterruptedException {
      Duration hold = hold();
      while (hold.isPositive() && hold.compareTo(LONGEST_HOLD) <= 0) {
        Thread.sleep(hold.plus(jitter()));
        hold = hold();
      }
    }

    private Duration hold() {
      Instant now = clock.instant();
      return mirrors.stream()
          .filter(each -> !lies.containsKey(each))
          .map(each -> each.held(now))
          .min(Comparator.naturalOrder())
          .orElse(Duration.ZERO);
    }

    private List<Mirror> order() {
      int first = rotating ? Math.floorMod(turn.getAndIncrement(), mirrors.size()) : 0;
      List<Mirror> rotated = new ArrayList<>(mirrors.subList(first, mirrors.size()));
      rotated.addAll(mirrors.subList(0, first));
      Instant now = clock.instant();
      rotated.removeAll(lies.keySet());
      Map<Mirror, Mirror.Standing> standings =
          rotated.stream().collect(Collectors.toMap(each -> each, each -> each.standing(now)));
      rotated.removeIf(each -> standings.get(each) == Mirror.Standing.HELD);
      return rotated.stream().sorted(Comparator.comparing(standings::get)).toList();
    }

    /** Only what another mirror has the right bytes for is proof against one. */
    private void quarantineLiars() {
      Instant now = clock.instant();
      lies.forEach((mirror, lie) -> {
        if (mirror.quarantine(now, now.plus(QUARANTINE))) {
          events.accept(
              new HexEvent.MirrorQuarantined(
                  mirror.base(), String.valueOf(lie.getMessage()), QUARANTINE));
        }
      });
    }

    private HexException failure(Map<Mirror, Answer> answers) throws Postponed {
      Duration hold = hold();
      Instant now = clock.instant();
      // Not asked this time, since it wants us to wait.
      boolean held =
          mirrors.stream()
              .filter(each -> !lies.containsKey(each) && !answers.containsKey(each))
              .anyMatch(each -> each.held(now).compareTo(LONGEST_HOLD) <= 0);
      boolean mayRecover =
          answers.values().stream()
              .anyMatch(each -> each instanceof Answer.Failed || each instanceof Answer.Hold);
      if ((held || mayRecover) && hold.compareTo(LONGEST_HOLD) <= 0) {
        throw new Postponed(reasons(answers), hold, firstLie());
      }
      return conclusion(answers, hold);
    }

    HexException givenUp(Postponed postponed) {
      return postponed.lie != null
          ? postponed.lie
          : unreachable(String.valueOf(postponed.getMessage()));
    }

    private HexException conclusion(Map<Mirror, Answer> answers, Duration hold) {
      HexException lie = firstLie();
      if (lie != null) {
        return lie;
      }
      if (answers.isEmpty()) {
        return unreachable(reasons(answers) + " " + hold.toSeconds() + " seconds");
      }
      for (Answer answer : answers.values()) {
        switch (answer) {
          case Answer.Forbidden(String _) -> {
            return new HexException.Unauthorized(
                resource,
                resource
                    + " needs a key, or another one ("
                    + reasons(answers)
                    + "): give it with --auth-key.");
          }
          case Answer.Oversize(String reason) -> {
            return new HexException.TooLarge(
                resource, resource + " " + reason + ": it is left out.");
          }
          case Answer.Refused(String _), Answer.Hold(String _, Duration _) -> {
            return unreachable(
                reasons(answers)
                    + (hold.isZero() ? "" : ", for " + hold.toSeconds() + " seconds more"));
          }
          default -> {}
        }
      }
      return new HexException.Missing(
          resource,
          resource
              + " is on no mirror ("
              + reasons(answers)
              + "): it may have been removed; check the name and the mirror's URL.");
    }

    private HexException.Unreachable unreachable(String reasons) {
      return new HexException.Unreachable(
          resource,
          resource
              + " could not be had ("
              + reasons
              + "): check the network, try again later, or name another --mirror.");
    }

    private @Nullable HexException firstLie() {
      return lies.values().stream().findFirst().orElse(null);
    }

    private String reasons(Map<Mirror, Answer> answers) {
      return answers.isEmpty()
          ? "every mirror asks us to wait"
          : answers.entrySet().stream()
              .map(each -> each.getKey() + " " + reason(each.getValue()))
              .collect(Collectors.joining("; "));
    }
  }

  private static String reason(Answer answer) {
    return switch (answer) {
      case Answer.Absent(String reason) -> reason;
      case Answer.Forbidden(String reason) -> reason;
      case Answer.Oversize(String reason) -> reason;
      case Answer.Failed(String reason) -> reason;
      case Answer.Hold(String reason, Duration _) -> reason;
      case Answer.Refused(String reason) -> reason;
      case Answer.Found _ -> "answered";
    };
  }
}
