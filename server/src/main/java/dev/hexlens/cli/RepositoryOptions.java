package dev.hexlens.cli;

import dev.hexlens.hex.HexException;
import dev.hexlens.hex.HexRepository;
import dev.hexlens.hex.HexSettings;
import dev.hexlens.hex.RankedPackage;
import dev.hexlens.hex.RegistryKey;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.TarballFolder;
import dev.hexlens.hex.TarballLimits;
import dev.hexlens.index.SourceLanguage;
import dev.hexlens.store.postgres.HexLensHome;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where packages come from. */
final class RepositoryOptions {
  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Where tarballs come from; repeatable: they are asked in turn, the next one where one"
              + " fails. Default: https://repo.hex.pm.")
  private List<URI> mirrors = List.of();

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description = "Where the registry comes from. Default: the first mirror that answers.")
  private @Nullable URI registry;

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "Asked for downloads with --mode top. Default: https://hex.pm/api.")
  private @Nullable URI api;

  @Option(
      names = "--repository",
      paramLabel = "NAME",
      description = "The name that the registry must have. Default: hexpm.")
  private @Nullable String repository;

  @Option(
      names = "--registry-key",
      paramLabel = "FILE",
      description =
          "The public key that the registry is signed with, PEM of either kind (PUBLIC KEY, RSA"
              + " PUBLIC KEY). Default: hex.pm's.")
  private @Nullable Path key;

  @Option(
      names = "--auth-key",
      paramLabel = "KEY",
      description =
          "Of a private repository: sent as Authorization to the registry's server and the API's,"
              + " to no other mirror.")
  private @Nullable String authKey;

  @Option(
      names = "--tarball-dir",
      paramLabel = "DIR",
      description = "No network: every NAME-VERSION.tar in this folder, by the same modes.")
  private @Nullable Path tarballs;

  @Option(
      names = "--cache-tarballs",
      paramLabel = "DIR",
      description = "Keep tarballs here, by checksum: they are downloaded once.")
  private @Nullable Path cache;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description =
          "How often to ask for what does not come, waiting longer each time. Default: 5.")
  private int attempts = 5;

  /** The source that the options name. */
  ReleaseSource open(Console console) throws HexException {
    return tarballs == null
        ? HexRepository.open(settings(console), RepositoryOptions::isWanted)
        : TarballFolder.open(tarballs, TarballLimits.DEFAULT, RepositoryOptions::isWanted);
  }

  /** The packages with most downloads. */
  List<RankedPackage> top(int limit, Console console) throws HexException, InterruptedException {
    if (tarballs != null && api == null) {
      throw new CommandFailure(
          "--mode top with --tarball-dir needs --api-url: downloads are not in a folder");
    }
    try (HexRepository ranking =
        HexRepository.open(settings(console), RepositoryOptions::isWanted)) {
      return ranking.api().top(limit);
    }
  }

  private static boolean isWanted(String path) {
    return SourceLanguage.of(path).isPresent();
  }

  private HexSettings settings(Console console) throws HexException {
    if (attempts < 1) {
      throw new CommandFailure("--attempts must be 1 or more, not " + attempts);
    }
    HexSettings.Builder settings =
        HexSettings.builder()
            .attempts(attempts)
            .listCache(HexLensHome.of(console.environment()).resolve("registry"))
            .events(event -> console.err().println("note    " + event.sentence()));
    mirrors.forEach(settings::mirror);
    if (registry != null) {
      settings.registryUrl(registry);
    }
    if (api != null) {
      settings.apiUrl(api);
    }
    if (repository != null) {
      settings.repository(repository);
    }
    if (authKey != null) {
      settings.authKey(authKey);
    }
    if (key != null) {
      settings.key(RegistryKey.read(key));
    }
    if (cache != null) {
      settings.tarballCache(cache);
    }
    try {
      return settings.build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
