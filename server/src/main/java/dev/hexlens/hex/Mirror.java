package dev.hexlens.hex;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One server that has the repository, and how it has behaved. */
final class Mirror {

  /** How willing we are to ask it, most first. */
  enum Standing {
    HEALTHY,
    /** It failed a moment ago: others first. */
    RESTING,
    /** It served wrong bytes: only if nobody else has the right ones. */
    QUARANTINED,
    /** It said not before a time: not at all. */
    HELD
  }

  private final URI base;
  private final @Nullable String authorization;
  private Instant restsUntil = Instant.MIN;
  private Instant quarantinedUntil = Instant.MIN;
  private Instant heldUntil = Instant.MIN;

  /**
   * A mirror in good standing.
   *
   * @param authorization to send with each request; null for none
   */
  Mirror(URI base, @Nullable String authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  URI base() {
    return base;
  }

  @Nullable String authorization() {
    return authorization;
  }

  /** The address of something in the repository, by its path with a leading slash. */
  URI resolve(String path) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }

  synchronized Standing standing(Instant now) {
    if (now.isBefore(heldUntil)) {
      return Standing.HELD;
    }
    if (now.isBefore(quarantinedUntil)) {
      return Standing.QUARANTINED;
    }
    return now.isBefore(restsUntil) ? Standing.RESTING : Standing.HEALTHY;
  }

  /** The time until it may be asked again, zero if it may be now. */
  synchronized Duration held(Instant now) {
    return now.isBefore(heldUntil) ? Duration.between(now, heldUntil) : Duration.ZERO;
  }

  synchronized void rest(Instant until) {
    restsUntil = until;
  }

  synchronized void hold(Instant until) {
    heldUntil = until.isAfter(heldUntil) ? until : heldUntil;
  }

  /** Whether it was not in quarantine before. */
  synchronized boolean quarantine(Instant now, Instant until) {
    boolean fresh = !now.isBefore(quarantinedUntil);
    quarantinedUntil = until;
    return fresh;
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
