package dev.hexlens.hex;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hexlens.hex.wire.Registry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a registry: gzip, envelope, signature, then what they hold.
 *
 * <p>The repository's name and, in {@code /packages/NAME}, the package's are checked as well: both
 * are what keeps a mirror from serving another validly signed file in place of the one asked for.
 */
final class RegistryReader {
  /** Inflated bytes of one file; hex.pm's /versions had 0.7 MB in 2021 and has about 1.5 MB now. */
  static final long LIMIT = 32L << 20;

  private final String repository;
  private final RegistryKey key;

  RegistryReader(String repository, RegistryKey key) {
    this.repository = repository;
    this.key = key;
  }

  /** Reads {@code /names}. */
  RegistryNames names(byte[] body) throws HexException {
    String resource = "/names";
    byte[] payload = payload(resource, body);
    Registry.Names names = parse(resource, () -> Registry.Names.parseFrom(payload));
    checkRepository(resource, names.hasRepository() ? names.getRepository() : null);
    List<String> problems = new ArrayList<>();
    List<RegistryNames.Entry> packages = new ArrayList<>(names.getPackagesCount());
    Set<String> seen = new HashSet<>();
    for (Registry.Names.Package each : names.getPackagesList()) {
      if (acceptName(resource, each.getName(), seen, problems)) {
        packages.add(
            new RegistryNames.Entry(
                each.getName(), each.hasUpdatedAt() ? instant(each.getUpdatedAt()) : null));
      }
    }
    return new RegistryNames(packages, problems);
  }

  /** Reads {@code /versions}. */
  RegistryVersions versions(byte[] body) throws HexException {
    String resource = "/versions";
    byte[] payload = payload(resource, body);
    Registry.Versions versions = parse(resource, () -> Registry.Versions.parseFrom(payload));
    checkRepository(resource, versions.hasRepository() ? versions.getRepository() : null);
    List<String> problems = new ArrayList<>();
    List<PackageVersions> packages = new ArrayList<>(versions.getPackagesCount());
    Set<String> seen = new HashSet<>();
    for (Registry.Versions.Package each : versions.getPackagesList()) {
      if (acceptName(resource, each.getName(), seen, problems)) {
        packages.add(versionsOf(each, problems));
      }
    }
    return new RegistryVersions(packages, problems);
  }

  private static PackageVersions versionsOf(
      Registry.Versions.Package source, List<String> problems) {
    Set<Integer> retired = new HashSet<>(source.getRetiredList());
    TreeMap<Version, Boolean> versions = new TreeMap<>();
    for (int i = 0; i < source.getVersionsCount(); i++) {
      int index = i;
      String text = source.getVersions(i);
      Version.parse(text)
          .ifPresentOrElse(
              version -> versions.put(version, retired.contains(index)),
              () -> problems.add(noVersion(source.getName(), text)));
    }
    return new PackageVersions(
        source.getName(),
        versions.entrySet().stream()
            .map(each -> new PackageVersions.Listed(each.getKey(), each.getValue()))
            .toList());
  }

  /** Reads {@code /packages/NAME}. */
  PackageReleases packageReleases(String name, byte[] body) throws HexException {
    String resource = "/packages/" + name;
    byte[] payload = payload(resource, body);
    Registry.Package source = parse(resource, () -> Registry.Package.parseFrom(payload));
    checkRepository(resource, source.hasRepository() ? source.getRepository() : null);
    if (!source.getName().equals(name)) {
      throw new HexException.BadRegistry(
          resource,
          "The registry file "
              + resource
              + " is that of the package \""
              + source.getName()
              + "\": the mirror serves one package's file for another's; use another mirror.");
    }
    List<String> problems = new ArrayList<>();
    TreeMap<Version, PackageReleases.Release> releases = new TreeMap<>();
    for (Registry.Release each : source.getReleasesList()) {
      Version version = Version.parse(each.getVersion()).orElse(null);
      Checksum checksum = checksum(each);
      if (version == null) {
        problems.add(noVersion(name, each.getVersion()));
      } else if (checksum == null) {
        problems.add(name + " " + version + " has no checksum of 32 bytes; it is left out.");
      } else {
        releases.put(
            version,
            new PackageReleases.Release(
                version,
                checksum,
                each.getDependenciesList().stream().map(RegistryReader::dependency).toList(),
                each.hasRetired() ? retirement(each.getRetired()) : null,
                each.hasPublishedAt() ? instant(each.getPublishedAt()) : null));
      }
    }
    return new PackageReleases(name, List.copyOf(releases.values()), problems);
  }

  private static @Nullable Checksum checksum(Registry.Release release) {
    if (release.getOuterChecksum().size() == Checksum.LENGTH) {
      return Checksum.ofDigest(Checksum.Kind.OUTER, release.getOuterChecksum().toByteArray());
    }
    // An outer checksum of another length is damage, no reason to trust less than it promised.
    if (release.getOuterChecksum().isEmpty()
        && release.getInnerChecksum().size() == Checksum.LENGTH) {
      return Checksum.ofDigest(Checksum.Kind.INNER, release.getInnerChecksum().toByteArray());
    }
    return null;
  }

  private static Dependency dependency(Registry.Dependency source) {
    return new Dependency(
        source.getPackage(),
        // Hex writes it out; an absent one admits everything.
        source.hasRequirement() ? source.getRequirement() : Requirement.ANY,
        source.getOptional(),
        source.hasApp() ? source.getApp() : source.getPackage(),
        source.hasRepository() ? source.getRepository() : null);
  }

  private static Retirement retirement(Registry.RetirementStatus source) {
    return new Retirement(
        Retirement.Reason.ofNumber(source.getReason()),
        source.hasMessage() ? source.getMessage() : null);
  }

  private static @Nullable Instant instant(Registry.Timestamp source) {
    try {
      return Instant.ofEpochSecond(source.getSeconds(), source.getNanos());
    } catch (DateTimeException e) {
      // A time beyond what Java can tell says as little as none.
      return null;
    }
  }

  private byte[] payload(String resource, byte[] body) throws HexException {
    Registry.Signed signed;
    try {
      byte[] inflated = Gzip.inflate(body, LIMIT);
      signed = Registry.Signed.parseFrom(inflated);
    } catch (OverLimitException e) {
      throw new HexException.TooLarge(
          resource,
          "The registry file " + resource + " has " + e.getMessage() + ": use another mirror.");
    } catch (InvalidProtocolBufferException e) {
      throw notRegistry(resource, e);
    } catch (IOException e) {
      throw new HexException.BadRegistry(
          resource,
          "The registry file "
              + resource
              + " is damaged or cut short ("
              + e.getMessage()
              + "): try again, or use another mirror.",
          e);
    }
    byte[] payload = signed.getPayload().toByteArray();
    ByteString signature = signed.getSignature();
    if (!signed.hasPayload()) {
      throw notRegistry(resource, null);
    }
    if (signature.isEmpty() || !key.verifies(payload, signature.toByteArray())) {
      throw new HexException.BadRegistry(
          resource,
          "The registry file "
              + resource
              + (signature.isEmpty() ? " is not signed" : " has a wrong signature")
              + ": use another mirror, or name the key of a repository of your own with"
              + " --registry-key.");
    }
    return payload;
  }

  private void checkRepository(String resource, @Nullable String actual)
      throws HexException.BadRegistry {
    if (!repository.equals(actual)) {
      throw new HexException.BadRegistry(
          resource,
          "The registry file "
              + resource
              + " is of "
              + (actual == null ? "no repository" : "the repository \"" + actual + "\"")
              + ", not of \""
              + repository
              + "\": check the URL and the repository's name.");
    }
  }

  private static boolean acceptName(
      String resource, String name, Set<String> seen, List<String> problems) {
    if (!PackageNames.isValid(name)) {
      problems.add(resource + " lists \"" + name + "\", which is no package name; it is left out.");
      return false;
    }
    if (!seen.add(name)) {
      problems.add(resource + " lists " + name + " twice; the first entry counts.");
      return false;
    }
    return true;
  }

  private static String noVersion(String name, String text) {
    return name + " has \"" + text + "\", which is no version; it is left out.";
  }

  private interface Parse<T> {
    T run() throws InvalidProtocolBufferException;
  }

  private static <T> T parse(String resource, Parse<T> parse) throws HexException.BadRegistry {
    try {
      return parse.run();
    } catch (InvalidProtocolBufferException e) {
      throw notRegistry(resource, e);
    }
  }

  private static HexException.BadRegistry notRegistry(
      String resource, @Nullable InvalidProtocolBufferException cause) {
    String sentence =
        "What came for "
            + resource
            + " is no Hex registry file: check that the URL is a repository's, as in"
            + " https://repo.hex.pm.";
    return cause == null
        ? new HexException.BadRegistry(resource, sentence)
        : new HexException.BadRegistry(resource, sentence, cause);
  }
}
