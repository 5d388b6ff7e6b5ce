package dev.hexlens.index;

import dev.hexlens.hex.ReleaseId;
import dev.hexlens.store.RegistryMemory;
import dev.hexlens.store.RegistryMemory.Checked;
import dev.hexlens.store.RegistryMemory.ReleaseKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one registry said of releases, in earlier runs and in this one. A package that it says has
 * not changed since needn't be asked for. For many threads.
 */
final class RegistryNotes {
  /**
   * A publisher may replace a package's first release for a day, and an edge may serve an old file
   * for some time after (hex.pm's own cache lives an hour): until then what it says may not be what
   * belongs to the time that it says.
   */
  static final Duration UNSETTLED = Duration.ofDays(2);

  /** How many releases may have to be asked for again after a kill. */
  private static final int SAVED_AT_ONCE = 500;

  private final RegistryMemory memory;
  private final String source;
  private final InstantSource clock;
  private final Map<ReleaseKey, Checked> before;
  private final Map<ReleaseKey, Checked> asked = new ConcurrentHashMap<>();
  private final Map<ReleaseKey, Checked> unsaved = new HashMap<>();

  RegistryNotes(RegistryMemory memory, String source, InstantSource clock) {
    this.memory = memory;
    this.source = source;
    this.clock = clock;
    this.before = memory.checked(source);
  }

  private static ReleaseKey key(ReleaseId id) {
    return new ReleaseKey(id.name(), id.version().toString());
  }

  /**
   * What it said, if it would say the same now.
   *
   * @param updated when the package last changed; null where that is not known
   */
  @Nullable Checked stillTrue(ReleaseId id, @Nullable Instant updated) {
    Checked said = before.get(key(id));
    return said != null
            && updated != null
            && updated.equals(said.updatedAt())
            && updated.isBefore(clock.instant().minus(UNSETTLED))
        ? said
        : null;
  }

  /** Whether an earlier run saw the package as it was later than now. */
  boolean isStale(ReleaseId id, @Nullable Instant updated) {
    Checked said = before.get(key(id));
    return said != null
        && updated != null
        && said.updatedAt() != null
        && updated.isBefore(said.updatedAt());
  }

  /** Whether the tarball with that checksum is known to have nothing to index. */
  boolean isBare(ReleaseId id, String checksum) {
    Checked said = before.get(key(id));
    return said != null && !said.sources() && said.checksum().equals(checksum);
  }

  /** It has been asked; what it says counts for later runs once the release is settled. */
  void asked(ReleaseId id, String checksum, @Nullable Instant updated) {
    asked.put(key(id), new Checked(checksum, updated, true));
  }

  /** The release is there, or has nothing to index. */
  void settled(ReleaseId id, boolean sources) {
    settled(id.name(), id.version().toString(), sources);
  }

  /** The release is there, or has nothing to index. */
  void settled(String name, String version, boolean sources) {
    ReleaseKey key = new ReleaseKey(name, version);
    Checked said = asked.get(key);
    if (said == null) {
      return;
    }
    Checked checked = new Checked(said.checksum(), said.updatedAt(), sources);
    if (checked.equals(before.get(key))) {
      return;
    }
    boolean full;
    synchronized (unsaved) {
      unsaved.put(key, checked);
      full = unsaved.size() >= SAVED_AT_ONCE;
    }
    if (full) {
      save();
    }
  }

  /** Lets later runs know. */
  void save() {
    Map<ReleaseKey, Checked> saved;
    synchronized (unsaved) {
      saved = Map.copyOf(unsaved);
      unsaved.clear();
    }
    memory.remember(source, saved);
  }
}
