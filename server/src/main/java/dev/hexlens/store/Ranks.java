package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Statement;

/** The order of packages in answers: by how many others depend on them. */
public final class Ranks {
  private static final String BY_DEPENDANTS =
      """
      WITH dependants AS (
        SELECT dependency, count(DISTINCT package_id) AS packages
        FROM release, jsonb_object_keys(requirements) AS dependency
        WHERE state = 'complete'
        GROUP BY dependency
      ), ranked AS (
        SELECT package_id,
               row_number() OVER (ORDER BY coalesce(packages, 0) DESC, name COLLATE "C", ecosystem)
                 AS place
        FROM package LEFT JOIN dependants ON dependency = name
      )
      UPDATE package SET rank = place FROM ranked
      WHERE ranked.package_id = package.package_id AND rank <> place
      """;

  private final Database database;

  public Ranks(Database database) {
    this.database = database;
  }

  /** Ranks all packages anew; if that changes their order, notes a snapshot. */
  public void refresh() {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          StoreLock.storing(connection);
          try (Statement statement = connection.createStatement()) {
            if (statement.executeUpdate(BY_DEPENDANTS) == 0) {
              return;
            }
            statement.executeUpdate("INSERT INTO rank_snapshot (source) VALUES ('dependants')");
          }
        });
  }
}
