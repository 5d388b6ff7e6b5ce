package dev.hexlens.hex;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The members of the outer tar, in whichever order the publisher's tool wrote them. Other members
 * are passed over, as the format asks; one of the four that is there twice is refused, for two
 * readers might then see two packages.
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for the time of one method.
record TarballMembers(byte[] metadata, byte[] contents, Checksum inner) {
  private static final String VERSION = "VERSION";
  private static final String CHECKSUM = "CHECKSUM";
  private static final String METADATA = "metadata.config";
  private static final String CONTENTS = "contents.tar.gz";

  /** hex_core's limits for the two short members. */
  private static final Map<String, Long> SHORT = Map.of(VERSION, 32L, CHECKSUM, 128L);

  /** Reads them, and verifies the inner checksum against the one in the tarball. */
  static TarballMembers read(String resource, byte[] tarball, TarballLimits limits)
      throws HexException {
    Map<String, byte[]> members = new HashMap<>();
    try (EntryStream entries = EntryStream.over(new ByteArrayInputStream(tarball))) {
      for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
        String name = entry.getName();
        if (EntryStream.isFile(entry) && isMember(name)) {
          long limit =
              name.equals(METADATA)
                  ? limits.metadata()
                  : SHORT.getOrDefault(name, limits.tarball());
          if (entry.getSize() > limit) {
            throw new HexException.TooLarge(
                resource,
                "The tarball of "
                    + resource
                    + " has a "
                    + name
                    + " of "
                    + entry.getSize()
                    + " bytes, more than "
                    + limit
                    + ": it is left out.");
          }
          if (members.put(name, entries.content()) != null) {
            throw bad(resource, "has " + name + " twice");
          }
        }
      }
    } catch (IOException e) {
      throw new HexException.BadTarball(
          resource,
          "The tarball of "
              + resource
              + " can't be read ("
              + e.getMessage()
              + "): it was published so, and is left out.",
          e);
    }
    return check(resource, members);
  }

  private static boolean isMember(String name) {
    return name.equals(METADATA) || name.equals(CONTENTS) || SHORT.containsKey(name);
  }

  private static TarballMembers check(String resource, Map<String, byte[]> members)
      throws HexException.BadTarball {
    byte[] version = member(resource, members, VERSION);
    byte[] metadata = member(resource, members, METADATA);
    byte[] contents = member(resource, members, CONTENTS);
    String format = new String(version, StandardCharsets.ISO_8859_1);
    if (!format.equals("3")) {
      throw bad(
          resource,
          "has the format version \""
              + EntryPath.printable(format)
              + "\", not 3, the only one in use");
    }
    MessageDigest digest = Checksum.sha256();
    digest.update(version);
    digest.update(metadata);
    digest.update(contents);
    Checksum inner = Checksum.ofDigest(Checksum.Kind.INNER, digest.digest());
    String stated =
        new String(member(resource, members, CHECKSUM), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    if (!stated.equals(inner.hex())) {
      throw bad(resource, "has a CHECKSUM that is not that of its members");
    }
    return new TarballMembers(metadata, contents, inner);
  }

  private static byte[] member(String resource, Map<String, byte[]> members, String name)
      throws HexException.BadTarball {
    byte[] member = members.get(name);
    if (member == null) {
      throw bad(resource, "has no " + name);
    }
    return member;
  }

  private static HexException.BadTarball bad(String resource, String what) {
    return new HexException.BadTarball(
        resource, "The tarball of " + resource + " " + what + ": it is left out.");
  }
}
