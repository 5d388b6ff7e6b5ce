package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.FixtureKey;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.RegistryFiles;
import dev.hexlens.fixtures.TarWriter;
import dev.hexlens.fixtures.WireMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes changed at random, the same each run: whatever comes out is a package or a {@link
 * HexException}, and soon. Any other exception fails the test.
 */
@Timeout(120)
class DamageTest {
  private static final int ROUNDS = 500;
  private static final ReleaseId FIX = new ReleaseId("fix", Version.of("1.0.0"));

  private final Random random = new Random(20_260_101);
  private final TarballReader reader =
      new TarballReader(
          new TarballLimits(1 << 20, 1 << 20, 100, 1 << 20, 1 << 20, 1 << 20, 1000), path -> true);

  @Test
  void damagedArchivesInAWholeTarball() throws Exception {
    byte[] archive = entries().toByteArray();
    byte[] sparse =
        entries()
            .fileWithPax("y", Map.of("GNU.sparse.map", "0,1", "GNU.sparse.size", "9"), "1")
            .toByteArray();
    int unpacked = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] damaged = damaged(i % 8 < 2 ? sparse : archive);
      // Half of them with headers whose checksum is right again, to get past the first check.
      if (i % 2 == 0) {
        mend(damaged);
      }
      unpacked +=
          reads(HexTarball.of("fix", "1.0.0").contents(RegistryFiles.gzip(damaged)).build());
    }
    assertThat(unpacked).isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
  }

  private static TarWriter entries() {
    return new TarWriter()
        .file("lib/fix.ex", "defmodule Fix do\nend\n")
        .file("lib/" + "long".repeat(40) + ".ex", "1")
        .gnuFile("lib/" + "gnu".repeat(50) + ".ex", "1")
        .fileWithPax("x", Map.of("path", "lib/pax.ex", "size", "3"), "123")
        .symbolicLink("lib/link.ex", "fix.ex")
        .folder("priv")
        .file("priv/data", "x".repeat(2000));
  }

  @Test
  void damagedTarballs() throws Exception {
    HexTarball fix = HexTarball.of("fix", "1.0.0").file("lib/fix.ex", "1").build();
    int unpacked = 0;
    for (int i = 0; i < ROUNDS; i++) {
      unpacked += reads(new HexTarball(damaged(fix.bytes()), fix.release()));
    }
    assertThat(unpacked).isLessThan(ROUNDS);
  }

  @Test
  void damagedMetadata() throws Exception {
    byte[] metadata =
        """
        {<<"name">>,<<"fix">>}. {<<"version">>,<<"1.0.0"/utf8>>}. {<<"x">>,#{a => [1,-2,"s\\"t"]}}.
        {<<"requirements">>,[{<<"a">>,[{<<"requirement">>,<<126,62,32,49>>},{<<"optional">>,false}]}]}.
        """
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < ROUNDS; i++) {
      // Metadata are never a reason to refuse a package.
      assertThat(
              reads(
                  HexTarball.of("fix", "1.0.0")
                      .metadata(damaged(metadata))
                      .file("lib/fix.ex", "1")
                      .build()))
          .isEqualTo(1);
    }
  }

  @Test
  void damagedRegistries() throws Exception {
    FixtureKey key = FixtureKey.generate();
    RegistryReader registry = new RegistryReader("hexpm", RegistryKey.parse("key", key.spkiPem()));
    RegistryFiles files = new RegistryFiles("hexpm", key);
    HexTarball fix = HexTarball.of("fix", "1.0.0").file("lib/fix.ex", "1").build();
    byte[] payload =
        new WireMessage()
            .message(1, RegistryFiles.release(fix.release().retired(1, "x")))
            .string(2, "fix")
            .string(3, "hexpm")
            .toByteArray();
    byte[] file = files.signed(payload);
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      // Damage on the way, which the signature tells, and damage that was signed.
      byte[] body = i % 4 == 0 ? files.signed(damaged(payload)) : damaged(file);
      try {
        registry.packageReleases("fix", body);
        read++;
      } catch (HexException e) {
        assertThat(e).hasMessageContaining("/packages/fix");
      }
    }
    assertThat(read).isPositive();
  }

  /** 1 if it could be read, 0 if it was refused as it should be. */
  private int reads(HexTarball tarball) throws HexException {
    try {
      reader.read(FIX, tarball.bytes());
      return 1;
    } catch (HexException.BadTarball | HexException.TooLarge e) {
      assertThat(e).hasMessageContaining("fix 1.0.0");
      return 0;
    }
  }

  private byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(6)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> damaged[at] = (byte) "0179xXLKgS.,/\"".charAt(random.nextInt(14));
        case 3 -> {
          int end = Math.min(damaged.length, at + random.nextInt(20));
          Arrays.fill(
              damaged, at, end, List.of((byte) 0, (byte) -1, (byte) '7').get(random.nextInt(3)));
        }
        case 4 -> {
          int from = random.nextInt(damaged.length);
          int length = Math.min(random.nextInt(600), damaged.length - Math.max(at, from));
          System.arraycopy(
              bytes, from, damaged, at, Math.max(0, Math.min(length, bytes.length - from)));
        }
        default -> {
          if (random.nextInt(4) == 0 && at > 0) {
            return Arrays.copyOf(damaged, at);
          }
        }
      }
    }
    return damaged;
  }

  /** Writes right checksums into all records that look like headers. */
  private static void mend(byte[] archive) {
    for (int at = 0; at + 512 <= archive.length; at += 512) {
      if (archive[at + 257] == 'u' && archive[at + 258] == 's') {
        Arrays.fill(archive, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + 512; i++) {
          sum += archive[i] & 0xff;
        }
        byte[] octal = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, archive, at + 148, octal.length);
      }
    }
  }
}
