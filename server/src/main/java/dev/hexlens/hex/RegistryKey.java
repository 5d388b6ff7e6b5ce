package dev.hexlens.hex;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public key that a repository signs its registry with: RSA, PKCS #1 v1.5 over SHA-512. */
public final class RegistryKey {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ((?:RSA )?PUBLIC KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  // AlgorithmIdentifier {rsaEncryption, NULL} (RFC 8017, A.1): what SPKI puts before a PKCS #1 key.
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private final PublicKey key;

  private RegistryKey(PublicKey key) {
    this.key = key;
  }

  /** The key of hex.pm, the same since 2016 (hex.pm/docs/public_keys). */
  public static RegistryKey ofHexPm() {
    String name = "hexpm-public-key.pem";
    try (InputStream pem = RegistryKey.class.getResourceAsStream(name)) {
      if (pem == null) {
        throw new IllegalStateException(name + " is missing from this build: build it again");
      }
      return parse(name, new String(pem.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (HexException.BadKey e) {
      throw new IllegalStateException("hex.pm's key in this build is damaged: build it again", e);
    }
  }

  /**
   * Reads a PEM file, of either kind: SPKI ({@code BEGIN PUBLIC KEY}, as hex.pm shows it) or PKCS
   * #1 ({@code BEGIN RSA PUBLIC KEY}, as {@code mix hex.registry build} writes it).
   */
  public static RegistryKey read(Path pem) throws HexException.BadKey {
    try {
      return parse(pem.toString(), Files.readString(pem, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new HexException.BadKey(
          pem.toString(),
          "The registry key " + pem + " can't be read: name the repository's public_key file.",
          e);
    }
  }

  /**
   * Reads the text of a PEM file.
   *
   * @param source what to call it in an error
   */
  public static RegistryKey parse(String source, String pem) throws HexException.BadKey {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.find()) {
      throw new HexException.BadKey(
          source,
          "The registry key "
              + source
              + " is no PEM file with a BEGIN PUBLIC KEY or BEGIN RSA PUBLIC KEY block:"
              + " name the repository's public_key file.");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
      byte[] spki = matcher.group(1).startsWith("RSA") ? spkiOfPkcs1(der) : der;
      return new RegistryKey(
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new HexException.BadKey(
          source,
          "The registry key " + source + " holds no RSA public key: get the file again.",
          e);
    }
  }

  /** Whether {@code signature} is this key's over {@code payload}. */
  boolean verifies(byte[] payload, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA512withRSA");
      verifier.initVerify(key);
      verifier.update(payload);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // A signature of another length or form: forged or damaged, all the same wrong.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks SHA512withRSA", e);
    }
  }

  private static byte[] spkiOfPkcs1(byte[] pkcs1) {
    byte[] bits = new byte[pkcs1.length + 1];
    System.arraycopy(pkcs1, 0, bits, 1, pkcs1.length);
    byte[] bitString = der(0x03, bits);
    byte[] both = new byte[RSA_ENCRYPTION.length + bitString.length];
    System.arraycopy(RSA_ENCRYPTION, 0, both, 0, RSA_ENCRYPTION.length);
    System.arraycopy(bitString, 0, both, RSA_ENCRYPTION.length, bitString.length);
    return der(0x30, both);
  }

  private static byte[] der(int tag, byte[] content) {
    byte[] encoded = new byte[content.length + 4];
    encoded[0] = (byte) tag;
    // Two bytes of length: DER wants fewer below 256, which no RSA key of use is.
    encoded[1] = (byte) 0x82;
    encoded[2] = (byte) (content.length >> 8);
    encoded[3] = (byte) content.length;
    System.arraycopy(content, 0, encoded, 4, content.length);
    return encoded;
  }
}
