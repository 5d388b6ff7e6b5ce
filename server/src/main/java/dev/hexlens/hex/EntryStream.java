package dev.hexlens.hex;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a tar archive, stricter than Commons Compress where its leniency would hide
 * damage: header checksums are verified, an archive that stops in mid-record is cut short, and
 * names are known to be UTF-8 or not.
 */
final class EntryStream extends TarArchiveInputStream {
  /** For all headers of one entry: a PAX header with a path of 4,096 bytes takes under 6 kB. */
  private static final int HEADERS = 256 * 1024;

  private static final int RECORD = 512;

  private final LimitedInputStream source;
  private byte[] header = new byte[RECORD];
  private boolean extended;
  private boolean begun;
  private long unread;

  private EntryStream(LimitedInputStream source) {
    // Names as single bytes: with UTF-8, Commons Compress replaces what is none by a question mark.
    super(source, StandardCharsets.ISO_8859_1.name());
    this.source = source;
  }

  /** Reads from a stream that has a limit of its own if it needs one. */
  static EntryStream over(InputStream archive) {
    return new EntryStream(new LimitedInputStream(archive, HEADERS));
  }

  /**
   * The next entry of any kind.
   *
   * @return null at the end
   * @throws IOException if the archive is damaged or cut short
   */
  @Nullable TarArchiveEntry next() throws IOException {
    source.allow(unread + HEADERS);
    extended = false;
    TarArchiveEntry entry;
    try {
      entry = getNextEntry();
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw new IOException("a header can't be read (" + e.getMessage() + ")", e);
    }
    if (!begun) {
      throw new IOException("the archive is empty");
    }
    if (entry == null) {
      return null;
    }
    if (!entry.isCheckSumOK()) {
      throw new IOException("a header has a wrong checksum");
    }
    if (entry.isSparse()) {
      // No Hex client makes one, and reading past it means reading its holes, terabytes if it
      // likes.
      throw new IOException("an entry is a sparse file");
    }
    unread = entry.getSize();
    return entry;
  }

  /** The bytes of the entry that {@link #next} gave. Its size must have been looked at before. */
  byte[] content() throws IOException {
    source.allow(unread);
    byte[] content = readNBytes(Math.toIntExact(unread));
    unread = 0;
    return content;
  }

  /** Whether an entry is a plain file, of whichever generation of tar. */
  static boolean isFile(TarArchiveEntry entry) {
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
          !entry.getName().endsWith("/");
      default -> false;
    };
  }

  /** The name of the entry that {@link #next} gave, or nothing if it is not UTF-8. */
  Optional<String> utf8Name(TarArchiveEntry entry) {
    String name = entry.getName();
    if (name.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(name);
    }
    // A name from a PAX header has been read as UTF-8 already; the plain header then has another
    // one, unless both are the same bytes.
    if (extended && !name.equals(plainName())) {
      return name.indexOf('\ufffd') < 0 ? Optional.of(name) : Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private String plainName() {
    String name = field(TarConstants.NAMELEN, 0);
    String prefix = field(TarConstants.PREFIXLEN, 345);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private String field(int length, int offset) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.ISO_8859_1);
  }

  @Override
  protected byte @Nullable [] readRecord() throws IOException {
    long before = getBytesRead();
    byte[] record = super.readRecord();
    if (record == null) {
      if (getBytesRead() > before) {
        throw new IOException("the archive is cut short");
      }
      return null;
    }
    begun = true;
    header = record;
    byte type = record[156];
    extended |=
        type == TarConstants.LF_PAX_EXTENDED_HEADER_LC
            || type == TarConstants.LF_PAX_EXTENDED_HEADER_UC;
    return record;
  }
}
