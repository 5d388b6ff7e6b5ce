package dev.hexlens.hex;

import static dev.hexlens.hex.HexProtocolTest.HAPPY;
import static dev.hexlens.hex.HexProtocolTest.row;
import static dev.hexlens.hex.HexWorld.tarball;

import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.RegistryFiles;
import dev.hexlens.fixtures.TarWriter;
import dev.hexlens.hex.HexProtocolTest.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Tarballs, from their outer layer to the contents as a whole. */
final class TarballCases {
  private TarballCases() {}

  static Stream<Case> rows() {
    return Stream.of(
        tarballRow(
            "format version 2",
            tarball().format("2"),
            "BadTarball: The tarball of fix 1.0.0 has the format version \"2\", not 3, …"),
        tarballRow(
            "format version 3 with a line feed",
            tarball().format("3\n"),
            "BadTarball: …format version…"),
        tarballRow(
            "CHECKSUM in lower case",
            tarball().checksum(each -> each.toLowerCase(java.util.Locale.ROOT)),
            HAPPY),
        tarballRow(
            "a wrong CHECKSUM",
            tarball().checksum(each -> "0".repeat(64)),
            "BadTarball: …has a CHECKSUM that is not that of its members: …"),
        tarballRow(
            "gleam's order of members",
            tarball().order("VERSION", "metadata.config", "contents.tar.gz", "CHECKSUM"),
            HAPPY),
        tarballRow(
            "contents before metadata",
            tarball().order("contents.tar.gz", "CHECKSUM", "metadata.config", "VERSION"),
            HAPPY),
        tarballRow(
            "one more member",
            tarball()
                .member("NOTES", "x".getBytes(StandardCharsets.UTF_8))
                .order("VERSION", "NOTES", "CHECKSUM", "metadata.config", "contents.tar.gz"),
            HAPPY),
        tarballRow(
            "a member twice",
            tarball()
                .order(
                    "VERSION", "CHECKSUM", "metadata.config", "contents.tar.gz", "contents.tar.gz"),
            "BadTarball: …has contents.tar.gz twice: …"),
        tarballRow(
            "a member missing",
            tarball().order("VERSION", "CHECKSUM", "contents.tar.gz"),
            "BadTarball: …has no metadata.config: …"),
        tarballRow(
            "a VERSION of 33 bytes",
            tarball().format("3".repeat(33)),
            "TooLarge: …has a VERSION of 33 bytes, more than 32: …"),
        row(
            "the outer tar is cut short",
            world -> {
              HexTarball fix = tarball().build();
              publishAs(world, Arrays.copyOf(fix.bytes(), 3000));
            },
            "BadTarball: The tarball of fix 1.0.0 can't be read (…"),
        row(
            "no tarball at all",
            world -> publishAs(world, "<html>".getBytes(StandardCharsets.UTF_8)),
            "BadTarball: The tarball of fix 1.0.0 can't be read (the archive is cut short): …"),
        row(
            "an empty tarball",
            world -> publishAs(world, new byte[0]),
            "BadTarball: …(the archive is empty): …"),
        tarballRow(
            "contents that are a plain tar",
            tarball().contents(new TarWriter().file("lib/fix.ex", "1").toByteArray()),
            HAPPY),
        tarballRow(
            "contents in two gzip members",
            tarball().contents(twoMembers(new TarWriter().file("lib/fix.ex", "1").toByteArray())),
            HAPPY),
        tarballRow(
            "garbage after the contents",
            tarball()
                .contents(
                    concatenated(
                        RegistryFiles.gzip(new TarWriter().file("lib/fix.ex", "1").toByteArray()),
                        new byte[] {1, 2, 3})),
            HAPPY),
        tarballRow(
            "contents cut short",
            tarball().contents(cutShort(new TarWriter().file("lib/fix.ex", noise(5000)))),
            "BadTarball: The contents.tar.gz of fix 1.0.0 can't be unpacked (…): …"),
        tarballRow(
            "contents whose last bytes, gzip's own checksum, are missing",
            tarball().contents(withoutTrailer(new TarWriter().file("lib/fix.ex", "1"))),
            "BadTarball: …can't be unpacked (…"),
        tarballRow(
            "an inner tar that is cut short",
            tarball()
                .contents(
                    RegistryFiles.gzip(
                        Arrays.copyOf(
                            new TarWriter().file("lib/fix.ex", noise(5000)).toByteArray(), 4000))),
            "BadTarball: …can't be unpacked (Truncated TAR archive): …"),
        tarballRow(
            "an inner tar with a damaged header",
            tarball().contents(damagedHeader(new TarWriter().file("lib/fix.ex", "1"))),
            "BadTarball: …can't be unpacked (a header has a wrong checksum): …"),
        tarballRow("empty contents", tarball().contents(new TarWriter()), "fix 1.0.0:"),
        tarballRow(
            "contents of no bytes",
            tarball().contents(new byte[0]),
            "BadTarball: …(the archive is empty): …"),
        tarballRow(
            "a bomb: 200 MiB of zeros",
            tarball().contents(bomb(200L << 20)),
            "TooLarge: The contents of fix 1.0.0 (… bytes) unpack to more than … bytes: …"),
        row(
            "more unpacked than the limit",
            world -> {
              world.settings(each -> each.limits(limits(10_000, 1 << 20, 100)));
              world.publish(
                  tarball().contents(new TarWriter().file("data", noise(11_000))).build());
            },
            "TooLarge: …unpack to more than 10000 bytes: …"),
        row(
            "more entries than the limit",
            world -> {
              world.settings(each -> each.limits(limits(1 << 20, 1 << 20, 1)));
              world.publish(tarball().file("lib/more.ex", "").build());
            },
            "TooLarge: …unpack to more than 1 entries: …"),
        row(
            "a tarball larger than the limit",
            world -> {
              world.settings(each -> each.limits(limits(1 << 20, 5000, 100)));
              world.publish(tarball().file("lib/noise.ex", noise(6000)).build());
            },
            "TooLarge: fix 1.0.0 has more than 5000 bytes: it is left out."),
        tarballRow(
            "metadata of more than 1 MiB",
            tarball().metadata(metadata("{<<\"extra\">>,<<\"" + "x".repeat(2 << 20) + "\">>}.\n")),
            HAPPY),
        tarballRow(
            "metadata of more than 4 MiB",
            tarball().metadata(metadata("{<<\"extra\">>,<<\"" + "x".repeat(5 << 20) + "\">>}.\n")),
            "TooLarge: …has a metadata.config of …"),
        tarballRow(
            "requirements as clients write them",
            tarball()
                .metadata(
                    metadata(
                        "{<<\"requirements\">>,[{<<\"a\">>,[{<<\"app\">>,<<\"a\">>},{<<\"optional\">>,false},{<<\"repository\">>,<<\"hexpm\">>},{<<\"requirement\">>,<<\"~> 1.0\">>}]}]}.\n")),
            HAPPY),
        tarballRow(
            "requirements as a list of lists",
            tarball()
                .metadata(
                    metadata(
                        "{<<\"requirements\">>,[[{<<\"name\">>,<<\"a\">>},{<<\"requirement\">>,<<\"~> 1.0\">>}]]}.\n")),
            HAPPY),
        tarballRow(
            "bare requirements",
            tarball().metadata(metadata("{<<\"requirements\">>,[{<<\"a\">>,<<\"~> 1.0\">>}]}.\n")),
            HAPPY),
        tarballRow(
            "integers in place of text",
            tarball().metadata(metadata("{<<\"description\">>,<<230,151,165>>}.\n")),
            HAPPY),
        tarballRow(
            "metadata in Latin-1",
            tarball()
                .metadata(
                    metadata("{<<\"description\">>,<<\"Grüße\">>}.\n")
                        .getBytes(StandardCharsets.ISO_8859_1)),
            HAPPY),
        tarballRow(
            "metadata that can't be read",
            tarball().metadata("{<<\"name\">>"),
            HAPPY
                + " | metadata.config can't be read: the file ends inside a term at character 11"),
        tarballRow(
            "metadata of another package",
            tarball().metadata("{<<\"name\">>,<<\"evil\">>}.\n{<<\"version\">>,<<\"6.6.6\">>}.\n"),
            HAPPY + " | metadata.config says that it is evil 6.6.6"));
  }

  private static Case tarballRow(String name, HexTarball.Builder tarball, String outcome) {
    return row(name, world -> world.publish(tarball.build()), outcome);
  }

  /** Publishes bytes that are no tarball, with a checksum that fits. */
  private static void publishAs(HexWorld world, byte[] bytes) throws IOException {
    FixtureRelease release =
        new FixtureRelease(
            "fix", "1.0.0", new byte[32], Checksum.sha256().digest(bytes), List.of(), null);
    world.publish(new HexTarball(bytes, release));
  }

  private static String metadata(String more) {
    return "{<<\"name\">>,<<\"fix\">>}.\n{<<\"version\">>,<<\"1.0.0\">>}.\n" + more;
  }

  private static TarballLimits limits(long unpacked, long tarball, int entries) {
    return new TarballLimits(tarball, unpacked, 1000, 1 << 20, 1 << 20, 2000, entries);
  }

  /** Text that doesn't compress well. */
  private static String noise(int length) {
    return new java.util.Random(7)
        .ints(length, 'a', 'z' + 1)
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  private static byte[] concatenated(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  private static byte[] twoMembers(byte[] bytes) {
    int half = bytes.length / 2;
    return concatenated(
        RegistryFiles.gzip(Arrays.copyOf(bytes, half)),
        RegistryFiles.gzip(Arrays.copyOfRange(bytes, half, bytes.length)));
  }

  private static byte[] cutShort(TarWriter archive) {
    byte[] bytes = RegistryFiles.gzip(archive.toByteArray());
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] withoutTrailer(TarWriter archive) {
    byte[] bytes = RegistryFiles.gzip(archive.toByteArray());
    return Arrays.copyOf(bytes, bytes.length - 8);
  }

  private static byte[] damagedHeader(TarWriter archive) {
    byte[] bytes = archive.toByteArray();
    bytes[1] ^= 1;
    return RegistryFiles.gzip(bytes);
  }

  private static byte[] zeros(long count) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      byte[] block = new byte[1 << 20];
      for (long left = count; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** A file of zeros, and nothing of it in memory but what it compresses to. */
  private static byte[] bomb(long size) {
    byte[] header = new TarWriter().file("lib/zeros.ex", new byte[0]).toByteArray();
    byte[] record = Arrays.copyOf(header, 512);
    byte[] octal = "%011o ".formatted(size).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, record, 124, octal.length);
    Arrays.fill(record, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : record) {
      sum += each & 0xff;
    }
    byte[] checksum = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, record, 148, checksum.length);
    return concatenated(RegistryFiles.gzip(record), zeros(size + 1024));
  }
}
