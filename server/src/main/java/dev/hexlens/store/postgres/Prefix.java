package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A corpus inside a database: a Postgres schema with its own tables and its own migration history.
 *
 * @param name 1 to 63 characters (Postgres cuts longer names off silently) of a–z, 0–9 and _, not
 *     beginning with a digit, so that it needs no quotes in SQL that a user writes by hand
 */
public record Prefix(String name) {

  private static final Pattern VALID = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  /** Schemas that belong to Postgres, to its users at large or to Citus. */
  private static final Set<String> TAKEN =
      Set.of("public", "information_schema", "citus", "citus_internal", "columnar");

  /** The prefix that every command takes unless it is told otherwise. */
  public static final Prefix DEFAULT = new Prefix("hex");

  /**
   * Checks the name.
   *
   * @throws DatabaseException of kind {@link Kind#BAD_CONFIGURATION} if it can't be a prefix
   */
  public Prefix {
    if (!VALID.matcher(name).matches() || name.startsWith("pg_") || TAKEN.contains(name)) {
      throw new DatabaseException(
          Kind.BAD_CONFIGURATION,
          "'"
              + name
              + "' can't be a prefix: name it with 1 to 63 of a-z, 0-9 and _, not beginning with a"
              + " digit or pg_, and not the name of a schema that Postgres or Citus keeps");
    }
  }

  /** The name as it stands in SQL. */
  public String quoted() {
    return '"' + name + '"';
  }

  @Override
  public String toString() {
    return name;
  }
}
