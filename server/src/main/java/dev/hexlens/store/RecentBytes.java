package dev.hexlens.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Set;

/**
 * What was read of contents lately, as it is stored: answers begin with the best packages, so one
 * search after another reads the same files. A content never changes; its id is its hash. For many
 * threads.
 */
final class RecentBytes {
  /** The trees, or the sources, of 130 MB of source: the thousand best packages or so. */
  private static final long MAX_BYTES = 32L << 20;

  private final Cache<Long, byte[]> contents =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((Long content, byte[] bytes) -> bytes.length)
          .executor(Runnable::run) // a put makes room itself: no thread comes and goes for it
          .build();

  Map<Long, byte[]> get(Set<Long> ids) {
    return contents.getAllPresent(ids);
  }

  void put(long content, byte[] bytes) {
    contents.put(content, bytes);
  }
}
