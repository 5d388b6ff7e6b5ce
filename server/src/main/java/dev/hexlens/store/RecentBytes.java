package dev.hexlens.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Set;

/**
 * What was read of contents lately, as it is stored: answers begin with the best packages, so one
 * search after another reads the same files. A content never changes; its id is its hash, and a
 * linkage's signature is one as well. For many threads.
 *
 * @param <K> the id of a content, or a linkage
 */
final class RecentBytes<K> {
  /** The trees, or the sources, of 130 MB of source: the thousand best packages or so. */
  private static final long MAX_BYTES = 32L << 20;

  private final Cache<K, byte[]> contents =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((K content, byte[] bytes) -> bytes.length)
          .executor(Runnable::run) // a put makes room itself: no thread comes and goes for it
          .build();

  Map<K, byte[]> get(Set<K> ids) {
    return contents.getAllPresent(ids);
  }

  void put(K content, byte[] bytes) {
    contents.put(content, bytes);
  }
}
