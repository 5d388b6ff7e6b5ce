package dev.hexlens.workspace;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A document as the editor has it on the screen. Immutable: a change makes another one.
 *
 * @param path null for what is no file
 * @param bytes its text in UTF-8
 */
public record OpenDocument(String uri, @Nullable Path path, int version, byte[] bytes) {
  /** The document after a change. */
  public OpenDocument replacing(int start, int end, byte[] text, int newVersion) {
    byte[] changed = new byte[bytes.length - (end - start) + text.length];
    System.arraycopy(bytes, 0, changed, 0, start);
    System.arraycopy(text, 0, changed, start, text.length);
    System.arraycopy(bytes, end, changed, start + text.length, bytes.length - end);
    return new OpenDocument(uri, path, newVersion, changed);
  }
}
