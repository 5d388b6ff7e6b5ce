package dev.hexlens.store.postgres;

import java.nio.file.Path;
import java.util.Map;

/**
 * Which database to open, and how.
 *
 * @param place the embedded server or one named by URL
 * @param prefix the corpus inside it
 * @param poolSize connections at most, 1 or more; on the embedded server all processes together
 *     have {@link ServerSettings#MAX_CONNECTIONS}
 */
public record DatabaseConfig(Place place, Prefix prefix, int poolSize) {

  /** The environment variable that names another Postgres than the embedded one. */
  public static final String URL_VARIABLE = "HEXLENS_DATABASE_URL";

  /** Enough for a request or two a core of a small machine, and little to hold when idle. */
  public static final int DEFAULT_POOL_SIZE = 4;

  /** Where the server is. */
  public sealed interface Place {
    /** A server that HexLens runs itself, with everything under the home. */
    record Embedded(Path home) implements Place {}

    /** A server that somebody else runs. */
    record ByUrl(PostgresUrl url) implements Place {}
  }

  public DatabaseConfig {
    if (poolSize < 1) {
      throw new IllegalArgumentException("A pool needs a connection, not " + poolSize);
    }
  }

  /** The place alone, as the environment has it: HEXLENS_DATABASE_URL, else HEXLENS_HOME. */
  public static Place placeFrom(Map<String, String> environment) {
    String url = environment.getOrDefault(URL_VARIABLE, "");
    return url.isBlank()
        ? new Place.Embedded(HexLensHome.of(environment))
        : new Place.ByUrl(PostgresUrl.parse(url));
  }

  /** What a command uses: the environment's place and the pool's default size. */
  public static DatabaseConfig fromEnvironment(Map<String, String> environment, Prefix prefix) {
    return new DatabaseConfig(placeFrom(environment), prefix, DEFAULT_POOL_SIZE);
  }

  /** The embedded server under a home. */
  public static DatabaseConfig embedded(Path home, Prefix prefix) {
    return new DatabaseConfig(new Place.Embedded(home), prefix, DEFAULT_POOL_SIZE);
  }

  /** The same with a pool of another size, as the loader's. */
  public DatabaseConfig withPoolSize(int connections) {
    return new DatabaseConfig(place, prefix, connections);
  }
}
