package dev.hexlens.hex;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A file of a package. Two are equal if they are the same object: the bytes are not compared.
 *
 * @param path relative to the package, with forward slashes; see {@link EntryPath}
 * @param bytes as published, with a byte order mark if there is one; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Copies of 100 MB of sources would serve nobody.
public record SourceFile(String path, byte[] bytes) {

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Why the bytes are no text that can be indexed, if they are not. */
  public Optional<FileProblem> textProblem() {
    boolean ascii = true;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] <= 0) {
        if (bytes[i] == 0) {
          return Optional.of(
              new FileProblem(path, FileProblem.Kind.NUL_BYTE, "has a NUL byte at offset " + i));
        }
        ascii = false;
      }
    }
    if (ascii) {
      return Optional.empty();
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(input);
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of(
          new FileProblem(
              path,
              FileProblem.Kind.NOT_UTF8,
              "is not UTF-8 from offset " + input.position() + " on"));
    }
  }

  @Override
  public String toString() {
    return path + " (" + bytes.length + " bytes)";
  }
}
