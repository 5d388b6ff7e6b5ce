package dev.hexlens.hex;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Hex repository.
 *
 * @param mirrors at least one; tarballs come from them in turn
 * @param registryUrl where the registry comes from; null for the mirrors in their order
 * @param repository the name that the registry must have
 * @param authKey for private repositories; it goes only to the registry's server and the API's,
 *     never to another mirror; null for none
 * @param timeout of one request, from its start to the body's end
 * @param attempts per request, at least 1
 * @param retryDelay before the second attempt; it grows from then on
 * @param tarballCache folder to keep tarballs in, by checksum; null for none
 * @param registryCache folder to keep registry files with their ETags in; null for none
 * @param packagesCached whether each package's file is kept as well, not only the lists of all
 */
public record HexSettings(
    List<URI> mirrors,
    @Nullable URI registryUrl,
    URI apiUrl,
    String repository,
    RegistryKey key,
    @Nullable String authKey,
    String userAgent,
    Duration timeout,
    int attempts,
    Duration retryDelay,
    @Nullable Path tarballCache,
    @Nullable Path registryCache,
    boolean packagesCached,
    TarballLimits limits,
    Consumer<HexEvent> events) {

  public HexSettings {
    mirrors = List.copyOf(mirrors);
    if (mirrors.isEmpty()) {
      throw new IllegalArgumentException("no mirror: name one with --mirror");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    mirrors.forEach(HexSettings::requireHttp);
    requireHttp(apiUrl);
    if (registryUrl != null) {
      requireHttp(registryUrl);
    }
  }

  /** The server whose registry counts: the one named as such, else the first mirror. */
  URI authority() {
    return registryUrl == null ? mirrors.getFirst() : registryUrl;
  }

  /** The settings for hex.pm, to be changed where they don't fit. */
  public static Builder builder() {
    return new Builder();
  }

  private static void requireHttp(URI url) {
    if (url.getAuthority() == null
        || !("http".equalsIgnoreCase(url.getScheme())
            || "https".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException(
          "not the URL of a repository: " + url + "; write it as in https://repo.hex.pm");
    }
  }

  /** Collects settings. */
  public static final class Builder {
    private final List<URI> mirrors = new ArrayList<>();
    private @Nullable URI registryUrl;
    private URI apiUrl = URI.create("https://hex.pm/api");
    private String repository = "hexpm";
    private @Nullable RegistryKey key;
    private @Nullable String authKey;
    private String userAgent = "hexlens";
    private Duration timeout = Duration.ofMinutes(2);
    private int attempts = 5;
    private Duration retryDelay = Duration.ofMillis(500);
    private @Nullable Path tarballCache;
    private @Nullable Path registryCache;
    private boolean packagesCached;
    private TarballLimits limits = TarballLimits.DEFAULT;
    private Consumer<HexEvent> events = event -> {};

    private Builder() {}

    /** One more mirror. Without any it is {@code https://repo.hex.pm}. */
    public Builder mirror(URI url) {
      mirrors.add(url);
      return this;
    }

    /** Where the registry comes from. */
    public Builder registryUrl(URI url) {
      registryUrl = url;
      return this;
    }

    /** The HTTP API; {@code https://hex.pm/api} unless said otherwise. */
    public Builder apiUrl(URI url) {
      apiUrl = url;
      return this;
    }

    /** The name that the registry must have; {@code hexpm} unless said otherwise. */
    public Builder repository(String name) {
      repository = name;
      return this;
    }

    /** The key that the registry is signed with; hex.pm's unless said otherwise. */
    public Builder key(RegistryKey publicKey) {
      key = publicKey;
      return this;
    }

    /** A key of the user's, for private repositories. */
    public Builder authKey(String secret) {
      authKey = secret;
      return this;
    }

    /** Name and version, as in {@code hexlens/0.1.0}. Hex refuses requests without any. */
    public Builder userAgent(String agent) {
      userAgent = agent;
      return this;
    }

    /** Of one request, from its start to the body's end; 2 minutes unless said otherwise. */
    public Builder timeout(Duration time) {
      timeout = time;
      return this;
    }

    /** How often a request is made at most; 5 unless said otherwise. */
    public Builder attempts(int count) {
      attempts = count;
      return this;
    }

    /** Before the second attempt; 500 ms unless said otherwise. */
    public Builder retryDelay(Duration delay) {
      retryDelay = delay;
      return this;
    }

    /** A folder to keep tarballs in. It is made when needed. */
    public Builder tarballCache(Path folder) {
      tarballCache = folder;
      return this;
    }

    /** A folder to keep registry files in, so that what is unchanged isn't sent again. */
    public Builder registryCache(Path folder) {
      registryCache = folder;
      packagesCached = true;
      return this;
    }

    /** The same for the lists of all packages alone: of Hex's 21,000 packages each has a file. */
    public Builder listCache(Path folder) {
      registryCache = folder;
      packagesCached = false;
      return this;
    }

    /** How much of a tarball is read at most. */
    public Builder limits(TarballLimits most) {
      limits = most;
      return this;
    }

    /** Who is told of retries and the like, from many threads. */
    public Builder events(Consumer<HexEvent> listener) {
      events = listener;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if a URL is none of HTTP, in a sentence for the user
     */
    public HexSettings build() {
      return new HexSettings(
          mirrors.isEmpty() ? List.of(URI.create("https://repo.hex.pm")) : mirrors,
          registryUrl,
          apiUrl,
          repository,
          key == null ? RegistryKey.ofHexPm() : key,
          authKey,
          userAgent,
          timeout,
          attempts,
          retryDelay,
          tarballCache,
          registryCache,
          packagesCached,
          limits,
          events);
    }
  }
}
