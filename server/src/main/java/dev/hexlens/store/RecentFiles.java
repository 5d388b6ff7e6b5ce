package dev.hexlens.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hexlens.elixir.syntax.LineIndex;
import org.jspecify.annotations.Nullable;

/**
 * What was read of files lately, of what never changes: who types asks again and again about names
 * in the same files. For many threads.
 */
final class RecentFiles {
  /** Of 5,500 files, 40 MB of source, all fits. */
  private static final long MAX_BYTES = 24L << 20;

  private final Cache<Key, Places> files =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((Key key, Places places) -> places.facts.length + places.lines.weight())
          .executor(Runnable::run) // a put makes room itself: no thread comes and goes for it
          .build();

  private record Key(long content, long signature) {}

  /**
   * Where names stand.
   *
   * @param facts in their stored form, decompressed
   */
  record Places(byte[] facts, LineIndex lines) {}

  @Nullable Places get(long content, long signature) {
    return files.getIfPresent(new Key(content, signature));
  }

  void put(long content, long signature, Places places) {
    files.put(new Key(content, signature), places);
  }
}
