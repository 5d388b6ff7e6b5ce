package dev.hexlens.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;

/**
 * Zstandard, in Java: the embedded Postgres has neither lz4 nor zstd, and what is compressed before
 * it is sent is sent faster. Zstandard rather than the JDK's deflate, which reads more slowly and
 * compresses less.
 */
final class Compression {
  /**
   * The library's default. Level 6 takes twice the time, a tenth of indexing, to save a twentieth.
   */
  private static final int LEVEL = 3;

  private static final ThreadLocal<ZstdCompressCtx> COMPRESS =
      ThreadLocal.withInitial(() -> new ZstdCompressCtx().setLevel(LEVEL).setContentSize(true));
  private static final ThreadLocal<ZstdDecompressCtx> DECOMPRESS =
      ThreadLocal.withInitial(ZstdDecompressCtx::new);

  private Compression() {}

  static byte[] compress(byte[] bytes) {
    return COMPRESS.get().compress(bytes);
  }

  /**
   * @throws IllegalStateException when these are not the bytes of {@link #compress}
   */
  static byte[] decompress(byte[] bytes) {
    long size = Zstd.getFrameContentSize(bytes);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalStateException("a stored value is damaged: it has no Zstandard header");
    }
    return DECOMPRESS.get().decompress(bytes, (int) size);
  }
}
