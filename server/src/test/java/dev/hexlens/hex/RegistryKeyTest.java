package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.fixtures.FixtureKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryKeyTest {
  private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

  private final FixtureKey pair = FixtureKey.generate();

  @Test
  void bothKindsOfPemAreRead() throws Exception {
    byte[] signature = pair.sign(PAYLOAD);

    assertThat(pair.pkcs1Pem()).startsWith("-----BEGIN RSA PUBLIC KEY-----");
    for (String pem : new String[] {pair.spkiPem(), pair.pkcs1Pem()}) {
      RegistryKey key = RegistryKey.parse("key", pem);
      assertThat(key.verifies(PAYLOAD, signature)).isTrue();
      assertThat(key.verifies("payloaD".getBytes(StandardCharsets.UTF_8), signature)).isFalse();
      assertThat(key.verifies(PAYLOAD, new byte[256])).isFalse();
      assertThat(key.verifies(PAYLOAD, new byte[3])).isFalse();
    }
  }

  @Test
  void theBuiltInKeyIsThatOfHexPm() throws Exception {
    String golden = Files.readString(Path.of("../test-fixtures/golden/hex/public_key.pem"));
    byte[] ours = RegistryKeyTest.class.getResourceAsStream("hexpm-public-key.pem").readAllBytes();

    assertThat(new String(ours, StandardCharsets.US_ASCII)).isEqualTo(golden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-rsa AAAA",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "-----BEGIN RSA PUBLIC KEY-----\n!\n-----END RSA PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----"
      })
  void anythingElseIsRefusedByName(String pem) {
    assertThatThrownBy(() -> RegistryKey.parse("our-key.pem", pem))
        .isInstanceOf(HexException.BadKey.class)
        .hasMessageContaining("our-key.pem");
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.pem");

    assertThatThrownBy(() -> RegistryKey.read(file))
        .isInstanceOf(HexException.BadKey.class)
        .hasMessageContaining(file.toString());
  }
}
