package dev.hexlens.hex;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Hex repository over HTTP: the signed registry from one authority, tarballs from all mirrors in
 * turn. The registry is signed and pins each tarball's hash, so a mirror can't make anything up; it
 * can only be stale or withhold.
 */
public final class HexRepository implements ReleaseSource {

  /** Compressed bytes of a registry file; hex.pm's largest has about 0.5 MB. */
  private static final long REGISTRY_LIMIT = 64L << 20;

  private final HttpFetch fetch;
  private final MirrorRing registryRing;
  private final MirrorRing tarballRing;
  private final HexApi api;
  private final RegistryReader registry;
  private final TarballReader tarballs;
  private final HexSettings settings;
  private final @Nullable TarballCache tarballCache;
  private final @Nullable RegistryCache registryCache;

  private HexRepository(HexSettings settings, Predicate<String> wanted, InstantSource clock) {
    this.settings = settings;
    this.fetch = new HttpFetch(settings.userAgent(), settings.timeout(), clock, settings.events());
    MirrorRing.Patience patience =
        new MirrorRing.Patience(settings.attempts(), settings.retryDelay());
    List<Mirror> mirrors = settings.mirrors().stream().map(this::mirror).toList();
    this.tarballRing = new MirrorRing(mirrors, true, fetch, patience, clock, settings.events());
    // Its own server keeps a standing of its own only if it is none of the mirrors.
    this.registryRing =
        new MirrorRing(
            settings.registryUrl() == null ? mirrors : List.of(mirror(settings.registryUrl())),
            false,
            fetch,
            patience,
            clock,
            settings.events());
    this.api =
        new HexApi(
            new MirrorRing(
                List.of(new Mirror(settings.apiUrl(), settings.authKey())),
                false,
                fetch,
                patience,
                clock,
                settings.events()),
            settings.repository());
    this.registry = new RegistryReader(settings.repository(), settings.key());
    this.tarballs = new TarballReader(settings.limits(), wanted);
    this.tarballCache =
        settings.tarballCache() == null
            ? null
            : new TarballCache(settings.tarballCache(), settings.events());
    this.registryCache =
        settings.registryCache() == null
            ? null
            : new RegistryCache(settings.registryCache(), settings.authority(), settings.events());
  }

  /**
   * A repository. Nothing is asked of it yet.
   *
   * @param wanted which files of a tarball to hold, by path relative to the package
   */
  public static HexRepository open(HexSettings settings, Predicate<String> wanted) {
    return open(settings, wanted, InstantSource.system());
  }

  static HexRepository open(HexSettings settings, Predicate<String> wanted, InstantSource clock) {
    return new HexRepository(settings, wanted, clock);
  }

  private Mirror mirror(URI base) {
    boolean trusted = HttpFetch.sameOrigin(base, settings.authority());
    return new Mirror(base, trusted ? settings.authKey() : null);
  }

  /** The repository's HTTP API. */
  public HexApi api() {
    return api;
  }

  @Override
  public String origin() {
    return settings.authority().toString().replaceAll("/+$", "") + "#" + settings.repository();
  }

  @Override
  public RegistryNames names() throws HexException, InterruptedException {
    return registryFile("/names", registry::names);
  }

  @Override
  public RegistryVersions versions() throws HexException, InterruptedException {
    return registryFile("/versions", registry::versions);
  }

  @Override
  public PackageReleases packageReleases(String name) throws HexException, InterruptedException {
    return registryFile(packagePath(name), body -> registry.packageReleases(name, body));
  }

  @Override
  public Tarball tarball(ReleaseId release, Checksum checksum)
      throws HexException, InterruptedException {
    Optional<byte[]> cached = tarballCache == null ? Optional.empty() : tarballCache.find(checksum);
    if (cached.isPresent()) {
      return tarballs.read(release, cached.get());
    }
    byte[] tarball = download(release, checksum);
    if (tarballCache != null) {
      tarballCache.keep(tarball);
    }
    return tarballs.read(release, tarball);
  }

  private byte[] download(ReleaseId release, Checksum checksum)
      throws HexException, InterruptedException {
    HttpFetch.Request request = HttpFetch.Request.of(tarballs.limits().tarball());
    try {
      return download(release, checksum, request);
    } catch (HexException.WrongChecksum e) {
      // A release may be replaced for an hour, a package's first one for a day.
      Checksum now = currentChecksum(release, e);
      if (!now.equals(checksum)) {
        settings.events().accept(new HexEvent.Republished(release, now));
      }
      return download(release, now, request.past());
    }
  }

  private byte[] download(ReleaseId release, Checksum checksum, HttpFetch.Request request)
      throws HexException, InterruptedException {
    return tarballRing.get(
        "/tarballs/" + release.fileName(),
        release.toString(),
        request,
        answer -> {
          byte[] bytes = bytes(answer);
          tarballs.verify(release, checksum, bytes);
          return bytes;
        });
  }

  private Checksum currentChecksum(ReleaseId release, HexException.WrongChecksum mismatch)
      throws HexException, InterruptedException {
    String name = release.name();
    PackageReleases releases =
        ask(
            packagePath(name),
            registryRequest(null).past(),
            null,
            body -> registry.packageReleases(name, body));
    return releases
        .release(release.version())
        .map(PackageReleases.Release::checksum)
        .orElseThrow(() -> mismatch);
  }

  private static String packagePath(String name) {
    return "/packages/" + PackageNames.require(name);
  }

  /** Makes something of a registry file's bytes. */
  private interface Reading<T> {
    T read(byte[] body) throws HexException;
  }

  private <T> T registryFile(String path, Reading<T> reading)
      throws HexException, InterruptedException {
    RegistryCache cache = cacheOf(path);
    RegistryCache.Entry known = cache == null ? null : cache.find(path).orElse(null);
    if (known == null) {
      return ask(path, registryRequest(null), null, reading);
    }
    T read;
    try {
      // Before anything is asked: a server can't be blamed for what we have damaged ourselves.
      read = reading.read(known.body());
    } catch (HexException e) {
      settings.events().accept(new HexEvent.CacheFailed(path, String.valueOf(e.getMessage())));
      return ask(path, registryRequest(null), null, reading);
    }
    return ask(path, registryRequest(known.etag()), read, reading);
  }

  private @Nullable RegistryCache cacheOf(String path) {
    return settings.packagesCached() || !path.startsWith("/packages/") ? registryCache : null;
  }

  private static HttpFetch.Request registryRequest(@Nullable String etag) {
    return new HttpFetch.Request("application/octet-stream", REGISTRY_LIMIT, etag, false);
  }

  /**
   * Asks for a registry file.
   *
   * @param known what it is if it has not changed; null where the request has no ETag
   */
  private <T> T ask(String path, HttpFetch.Request request, @Nullable T known, Reading<T> reading)
      throws HexException, InterruptedException {
    return registryRing.get(
        path,
        path,
        request,
        answer -> {
          if (known != null && answer instanceof Answer.NotModified) {
            return known;
          }
          T read = reading.read(bytes(answer));
          RegistryCache cache = cacheOf(path);
          if (cache != null
              && answer instanceof Answer.Body(byte[] body, String etag, var _)
              && etag != null) {
            cache.keep(path, new RegistryCache.Entry(etag, body));
          }
          return read;
        });
  }

  private static byte[] bytes(Answer.Found answer) {
    return switch (answer) {
      case Answer.Body body -> body.bytes();
      case Answer.NotModified _ ->
          throw new IllegalStateException("HttpFetch takes 304 only for an answer to an ETag");
    };
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    fetch.close();
  }
}
