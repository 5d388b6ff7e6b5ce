package dev.hexlens.hex;

import static dev.hexlens.hex.HexProtocolTest.HAPPY;
import static dev.hexlens.hex.HexProtocolTest.row;
import static dev.hexlens.hex.HexWorld.tarball;

import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.TarWriter;
import dev.hexlens.hex.HexProtocolTest.Case;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What can be inside contents.tar.gz. */
final class EntryCases {
  private EntryCases() {}

  static Stream<Case> rows() {
    String long101 = "lib/" + "d".repeat(101) + "/fix.ex";
    return Stream.of(
        entryRow(
            "a path that climbs out",
            new TarWriter().file("../../etc/cron.ex", "1").file("lib/../a.ex", "1"),
            " | ../../etc/cron.ex climbs out with ..; lib/../a.ex climbs out with .."),
        entryRow(
            "an absolute path",
            new TarWriter().file("/etc/a.ex", "1").file("./b.ex", "1"),
            " b.ex etc/a.ex"),
        entryRow(
            "a backslash and a drive letter",
            new TarWriter().file("lib\\a.ex", "1").file("C:/a.ex", "1"),
            " | lib\\a.ex has a backslash; C:/a.ex begins with a drive letter"),
        entryRow(
            "a symbolic link inside and one outside",
            new TarWriter()
                .symbolicLink("lib/in.ex", "fix.ex")
                .symbolicLink("lib/out.ex", "../../x"),
            " | lib/in.ex is a symbolic link to fix.ex; lib/out.ex is a symbolic link to ../../x"),
        entryRow(
            "a file through a symbolic link",
            new TarWriter().symbolicLink("lib", "/etc").file("lib/fix.ex", "1"),
            " lib/fix.ex"),
        entryRow(
            "a hard link",
            new TarWriter().file("lib/fix.ex", "1").hardLink("lib/hard.ex", "lib/fix.ex"),
            " lib/fix.ex | lib/hard.ex is a hard link to lib/fix.ex"),
        entryRow(
            "a pipe and a device",
            new TarWriter()
                .special("lib/pipe.ex", TarConstants.LF_FIFO)
                .special("lib/disk.ex", TarConstants.LF_BLK),
            " | lib/pipe.ex is no plain file (tar's entry type 6); lib/disk.ex is no plain file …"),
        entryRow(
            "folders",
            new TarWriter().folder("lib").folder("lib/odd.ex").file("lib/fix.ex", "1"),
            " lib/fix.ex"),
        entryRow("a long name in a PAX header", new TarWriter().file(long101, "1"), " " + long101),
        entryRow("a long name in GNU's way", new TarWriter().gnuFile(long101, "1"), " " + long101),
        entryRow(
            "names beyond ASCII",
            new TarWriter()
                .file("lib/grüße.ex", "1")
                .gnuFile("lib/größe.ex", "1")
                .fileNamed("lib/日本.ex".getBytes(StandardCharsets.UTF_8), "1")
                .gnuFile("lib/" + "ü".repeat(60) + ".ex", "1"),
            " lib/größe.ex lib/grüße.ex lib/" + "ü".repeat(60) + ".ex lib/日本.ex"),
        entryRow(
            "a name that is not UTF-8",
            new TarWriter()
                .fileNamed("lib/grüße.ex".getBytes(StandardCharsets.ISO_8859_1), "1")
                .file("lib/fix.ex", "1"),
            " lib/fix.ex | lib/grüße.ex has a name that is not UTF-8"),
        entryRow(
            "a name with NUL and one with an escape",
            new TarWriter()
                .fileWithPax("x", Map.of("path", "lib/a\0b.ex"), "1")
                .file("lib/\033[2J.ex", "1"),
            " | lib/a\ufffdb.ex has a control character; lib/\ufffd[2J.ex has a control character"),
        entryRow(
            "a path twice",
            new TarWriter().file("lib/a.ex", "first").file("./lib//a.ex", "second"),
            " lib/a.ex | lib/a.ex is there twice; the last one counts"),
        entryRow(
            "a resource fork",
            new TarWriter().file("lib/._a.ex", "x").file("lib/a.ex", "1"),
            " lib/a.ex | lib/._a.ex is a Macintosh resource fork"),
        entryRow("a byte order mark", new TarWriter().file("lib/bom.ex", "\ufeff1"), " lib/bom.ex"),
        entryRow(
            "bytes that are not UTF-8",
            new TarWriter()
                .file("lib/latin.ex", "# Grüße".getBytes(StandardCharsets.ISO_8859_1))
                .file("lib/fix.ex", "1"),
            " lib/fix.ex | lib/latin.ex is not UTF-8 from offset 4 on"),
        entryRow(
            "a NUL byte",
            new TarWriter().file("lib/nul.ex", "a\0"),
            " | lib/nul.ex has a NUL byte at offset 1"),
        entryRow(
            "a file that nobody may read", new TarWriter().file("lib/a.ex", 0, "1"), " lib/a.ex"),
        entryRow("an empty file", new TarWriter().file("lib/a.ex", ""), " lib/a.ex"),
        entryRow(
            "files that are not wanted",
            new TarWriter().file("priv/x.js", "\0").file("a.ex", ""),
            " a.ex"),
        row(
            "a file larger than the limit",
            world -> {
              world.settings(each -> each.limits(limits(1 << 20, 1 << 20, 100)));
              world.publish(tarball().file("lib/large.ex", noise(3000)).build());
            },
            HAPPY + " | lib/large.ex has 3000 bytes, more than 2000"),
        row(
            "a header of headers without end",
            world ->
                world.publish(
                    tarball()
                        .contents(
                            new TarWriter()
                                .fileWithPax(
                                    "lib/a.ex", Map.of("comment", "x".repeat(1 << 20)), "1"))
                        .build()),
            "TooLarge: …unpack to more than …"),
        row(
            "a sparse file of 2 GB",
            world ->
                world.publish(
                    tarball()
                        .contents(
                            new TarWriter()
                                .fileWithPax(
                                    "lib/a.ex",
                                    Map.of(
                                        "GNU.sparse.size", "2000000000",
                                        "GNU.sparse.numblocks", "1",
                                        "GNU.sparse.map", "1999999999,1"),
                                    "1"))
                        .build()),
            "BadTarball: …can't be unpacked (an entry is a sparse file): …"));
  }

  private static Case tarballRow(String name, HexTarball.Builder tarball, String outcome) {
    return row(name, world -> world.publish(tarball.build()), outcome);
  }

  private static Case entryRow(String name, TarWriter contents, String rest) {
    return tarballRow(name, tarball().contents(contents), "fix 1.0.0:" + rest);
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
}
