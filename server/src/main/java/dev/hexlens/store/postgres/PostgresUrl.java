package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a Postgres server answers and who asks, read from libpq's form ({@code
 * postgresql://user:password@host:5432/database?sslmode=require}) or the JDBC driver's ({@code
 * jdbc:postgresql://host/database?user=u&password=p}).
 *
 * @param hosts one or more {@code host[:port]}, separated by commas, as both forms have them
 * @param database empty for one that is named as the user
 * @param user null for the name of the operating system's user
 * @param password null where there is none; the driver then looks into {@code ~/.pgpass}
 * @param parameters under the driver's names, in the order given
 */
public record PostgresUrl(
    String hosts,
    String database,
    @Nullable String user,
    @Nullable String password,
    Map<String, String> parameters) {

  /** libpq's names of parameters that the driver calls otherwise; the rest agree. */
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "connect_timeout", "connectTimeout",
          "application_name", "ApplicationName",
          "gssencmode", "gssEncMode");

  private static final Map<String, String> LIBPQ_NAMES =
      DRIVER_NAMES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  public PostgresUrl {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads a URL.
   *
   * @throws DatabaseException of kind {@link Kind#BAD_CONFIGURATION}; the message doesn't repeat
   *     the URL, which may hold a password
   */
  public static PostgresUrl parse(String text) {
    String url = text.strip();
    String rest = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    int scheme = rest.indexOf(':');
    String name = scheme < 0 ? "" : rest.substring(0, scheme);
    if (!name.equals("postgresql") && !name.equals("postgres")) {
      throw wrong("it begins neither with postgresql:// nor with jdbc:postgresql://", null);
    }
    rest = rest.substring(scheme + 1);
    try {
      return rest.startsWith("//") ? read(rest.substring(2)) : read("/" + rest);
    } catch (IllegalArgumentException e) {
      throw wrong("it has a % that is not followed by two hexadecimal digits", e);
    }
  }

  private static PostgresUrl read(String rest) {
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    String place = question < 0 ? rest : rest.substring(0, question);
    int slash = place.indexOf('/');
    String database = slash < 0 ? "" : decode(place.substring(slash + 1));
    String authority = slash < 0 ? place : place.substring(0, slash);
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? "" : login.substring(colon + 1);

    Map<String, String> parameters = parameters(query);
    String userParameter = parameters.remove("user");
    String passwordParameter = parameters.remove("password");
    return new PostgresUrl(
        hosts.isEmpty() ? "localhost" : hosts,
        database,
        user.isEmpty() ? userParameter : decode(user),
        password.isEmpty() ? passwordParameter : decode(password),
        parameters);
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String key = decode(pair.substring(0, equals));
        parameters.put(DRIVER_NAMES.getOrDefault(key, key), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  /** For the driver; without user and password, which are passed apart. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + hosts + "/" + encode(database) + query(Map.of());
  }

  /** For people and logs: libpq's form without the password. */
  public String withoutPassword() {
    return text(null);
  }

  /** libpq's form with the password, as {@code psql} takes it. */
  public String withPassword() {
    return text(password);
  }

  /** Without the password, so that no log gets it. */
  @Override
  public String toString() {
    return withoutPassword();
  }

  private String text(@Nullable String secret) {
    var login = new StringBuilder();
    if (user != null) {
      login.append(encode(user));
      if (secret != null) {
        login.append(':').append(encode(secret));
      }
      login.append('@');
    }
    return "postgresql://" + login + hosts + "/" + encode(database) + query(LIBPQ_NAMES);
  }

  private String query(Map<String, String> names) {
    var query = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.forEach(
        (key, value) -> query.add(encode(names.getOrDefault(key, key)) + "=" + encode(value)));
    return query.toString();
  }

  /** A plus sign is itself in these URLs; only URLDecoder takes it for a space. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static DatabaseException wrong(String reason, @Nullable Throwable cause) {
    String sentence =
        "HEXLENS_DATABASE_URL is no URL of a Postgres database ("
            + reason
            + "): write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE";
    return cause == null
        ? new DatabaseException(Kind.BAD_CONFIGURATION, sentence)
        : new DatabaseException(Kind.BAD_CONFIGURATION, sentence, cause);
  }
}
