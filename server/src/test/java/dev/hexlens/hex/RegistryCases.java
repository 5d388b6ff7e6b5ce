package dev.hexlens.hex;

import static dev.hexlens.hex.HexProtocolTest.HAPPY;
import static dev.hexlens.hex.HexProtocolTest.row;
import static dev.hexlens.hex.HexWorld.tarball;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureKey;
import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.RegistryFiles;
import dev.hexlens.fixtures.WireMessage;
import dev.hexlens.hex.HexProtocolTest.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Registries, well made and not. */
final class RegistryCases {
  private RegistryCases() {}

  static Stream<Case> rows() {
    return Stream.of(
        row("happy", world -> world.publish(tarball().build()), HAPPY),
        row(
            "pre-releases only",
            world ->
                world.publish(
                    tarball("1.0.0-rc.9").build(),
                    tarball("1.0.0-rc.10").build(),
                    tarball("1.0.0-beta").build()),
            "fix 1.0.0-rc.10: lib/fix.ex"),
        row(
            "a stable version before a newer pre-release",
            world -> world.publish(tarball().build(), tarball("2.0.0-rc.1").build()),
            HAPPY),
        row(
            "all retired",
            world -> {
              world.repository().release(tarball().build()).retire("fix", "1.0.0", 3, "old");
              world.publish();
            },
            HAPPY + " retired DEPRECATED"),
        row(
            "all retired, and retired ones skipped",
            world -> {
              world.repository().release(tarball().build()).retire("fix", "1.0.0", 3, "old");
              world.publish();
              world.skipRetired();
            },
            "nothing"),
        row(
            "the latest retired",
            world -> {
              world.repository().release(tarball().build()).release(tarball("1.1.0").build());
              world.repository().retire("fix", "1.1.0", 1, "broken");
              world.publish();
            },
            "fix 1.1.0: lib/fix.ex retired INVALID"),
        row(
            "the latest retired, and retired ones skipped",
            world -> {
              world.repository().release(tarball().build()).release(tarball("1.1.0").build());
              world.repository().retire("fix", "1.1.0", 1, "broken");
              world.publish();
              world.skipRetired();
            },
            HAPPY),
        row(
            "unknown retirement reason",
            world -> {
              world.repository().release(tarball().build()).retire("fix", "1.0.0", 99, "new");
              world.publish();
            },
            HAPPY + " retired UNKNOWN"),
        row(
            "unknown fields of every wire type",
            world -> {
              HexTarball fix = tarball().build();
              world.publish(fix);
              world.serve(
                  "/versions",
                  unknown(
                          new WireMessage()
                              .message(1, unknown(entry("fix", "1.0.0").packed(5, List.of(0)))))
                      .string(2, "hexpm"));
              world.serve(
                  "/packages/fix",
                  unknown(packageFile("fix", unknown(RegistryFiles.release(fix.release())))));
            },
            HAPPY),
        row(
            "retired indexes not packed",
            world -> {
              world.publish(tarball().build(), tarball("1.1.0").build());
              world.serve(
                  "/versions",
                  new WireMessage()
                      .message(1, entry("fix", "1.0.0", "1.1.0").varint(3, 1).varint(3, 7))
                      .string(2, "hexpm"));
              world.skipRetired();
            },
            HAPPY),
        row(
            "wrong signature",
            world -> {
              world.publish(tarball().build());
              byte[] payload = versions("hexpm", entry("fix", "1.0.0")).toByteArray();
              world.serve(
                  "/versions",
                  RegistryFiles.gzip(
                      RegistryFiles.envelope(payload, FixtureKey.generate().sign(payload))));
            },
            "BadRegistry: The registry file /versions has a wrong signature: …--registry-key."),
        row(
            "no signature",
            world -> {
              world.publish(tarball().build());
              world.serve(
                  "/versions",
                  RegistryFiles.gzip(
                      new WireMessage()
                          .message(1, versions("hexpm", entry("fix", "1.0.0")))
                          .toByteArray()));
            },
            "BadRegistry: The registry file /versions is not signed: …"),
        row(
            "wrong repository",
            world -> {
              world.repository().repository("acme");
              world.publish(tarball().build());
            },
            "BadRegistry: …/versions is of the repository \"acme\", not of \"hexpm\": …"),
        row(
            "a repository of one's own",
            world -> {
              world.repository().repository("acme");
              world.publish(tarball().build());
              world.settings(each -> each.repository("acme"));
            },
            HAPPY),
        row(
            "another package's file",
            world -> {
              HexTarball fix = tarball().build();
              world.publish(fix);
              world.serve(
                  "/packages/fix", packageFile("evil", RegistryFiles.release(fix.release())));
            },
            "BadRegistry: …/packages/fix is that of the package \"evil\": …"),
        row(
            "only an inner checksum",
            world -> {
              HexTarball fix = tarball().build();
              world.publish(fix);
              world.serve("/packages/fix", packageFile("fix", innerOnly(fix.release())));
            },
            HAPPY),
        row(
            "only an inner checksum, and a wrong one",
            world -> {
              world.publish(tarball().build());
              HexTarball other = tarball().file("lib/other.ex", "").build();
              world.serve("/packages/fix", packageFile("fix", innerOnly(other.release())));
            },
            "WrongChecksum: The tarball of fix 1.0.0 has the checksum …, the registry says …"),
        row(
            "no checksum",
            world -> {
              world.publish(tarball().build());
              world.serve(
                  "/packages/fix", packageFile("fix", new WireMessage().string(1, "1.0.0")));
            },
            "fix 1.0.0 not listed | fix 1.0.0 has no checksum of 32 bytes; it is left out."),
        row(
            "an outer checksum of 31 bytes beside a right inner one",
            world -> {
              HexTarball fix = tarball().build();
              world.publish(fix);
              world.serve(
                  "/packages/fix",
                  packageFile("fix", innerOnly(fix.release()).bytes(5, new byte[31])));
            },
            "fix 1.0.0 not listed | …"),
        row(
            "the version is not in the package's file yet",
            world -> {
              world.publish(tarball().build());
              world.serve("/versions", versions("hexpm", entry("fix", "1.0.0", "1.1.0")));
            },
            "fix 1.1.0 not listed"),
        row(
            "republished after the registry was read",
            world -> {
              HexTarball before = tarball().build();
              world.publish(tarball().file("lib/fix.ex", "defmodule Fixed do\nend\n").build());
              world
                  .servers()
                  .getFirst()
                  .fault(
                      "/packages/fix",
                      1,
                      new Fault.Body(
                          world.files().packageReleases("fix", List.of(before.release()))));
            },
            HAPPY),
        row(
            "another tarball than the registry's",
            world -> {
              HexTarball other = tarball().file("lib/fix.ex", "defmodule Evil do\nend\n").build();
              world.publish(tarball().build());
              world.serve("/tarballs/.*", other.bytes());
            },
            "WrongChecksum: The tarball of fix 1.0.0 has the checksum …, the registry says …"),
        row(
            "names and versions that are none",
            world -> {
              world.publish(tarball().build());
              world.serve(
                  "/versions",
                  new WireMessage()
                      .message(1, entry("../../etc", "1.0.0"))
                      .message(1, entry("fix", "../1", "1.0"))
                      .message(1, entry("fix", "2.0.0"))
                      .string(2, "hexpm"));
            },
            "nothing | /versions lists \"../../etc\", which is no package name; it is left out.;"
                + " fix has \"../1\", which is no version; it is left out.;"
                + " fix has \"1.0\", which is no version; it is left out.;"
                + " /versions lists fix twice; the first entry counts."),
        row(
            "the registry's gzip is cut short",
            world -> {
              world.publish(tarball().build());
              byte[] file =
                  world.files().signed(versions("hexpm", entry("fix", "1.0.0")).toByteArray());
              world.serve("/versions", Arrays.copyOf(file, file.length - 20));
            },
            "BadRegistry: The registry file /versions is damaged or cut short (…"),
        row(
            "garbage after the registry's gzip",
            world -> {
              world.publish(tarball().build());
              byte[] file =
                  world.files().signed(versions("hexpm", entry("fix", "1.0.0")).toByteArray());
              world.serve(
                  "/versions", concatenated(file, "garbage".getBytes(StandardCharsets.UTF_8)));
            },
            HAPPY),
        row(
            "a registry that inflates without end",
            world -> {
              world.publish(tarball().build());
              world.serve("/versions", zeros(RegistryReader.LIMIT + 1));
            },
            "TooLarge: The registry file /versions has more than 33554432 bytes: …"),
        row(
            "a page of HTML in place of the registry",
            world -> {
              world.publish(tarball().build());
              world.serve("/versions", "<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
            },
            "BadRegistry: What came for /versions is no Hex registry file: …"));
  }

  private static WireMessage versions(String repository, WireMessage entry) {
    return new WireMessage().message(1, entry).string(2, repository);
  }

  private static WireMessage entry(String name, String... versions) {
    WireMessage entry = new WireMessage().string(1, name);
    for (String version : versions) {
      entry.string(2, version);
    }
    return entry;
  }

  private static WireMessage packageFile(String name, WireMessage release) {
    return new WireMessage().message(1, release).string(2, name).string(3, "hexpm");
  }

  private static WireMessage innerOnly(FixtureRelease release) {
    return new WireMessage().string(1, release.version()).bytes(2, release.innerChecksum());
  }

  private static WireMessage unknown(WireMessage message) {
    return message
        .varint(1001, 5)
        .fixed32(1002, 5)
        .fixed64(1003, 5)
        .string(1004, "later")
        .message(1005, new WireMessage().varint(1, 1));
  }

  private static byte[] concatenated(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
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
}
