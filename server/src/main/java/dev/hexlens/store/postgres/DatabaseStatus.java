package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseConfig.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What `db status` tells. Looking starts nothing and makes nothing.
 *
 * @param running null where the embedded server is stopped
 * @param embedded null for a server named by URL
 */
public record DatabaseStatus(@Nullable Running running, @Nullable Embedded embedded) {

  /**
   * A server that answers.
   *
   * @param version as the server says it, such as 18.6
   * @param url without the password
   * @param bytes of the whole database
   * @param prefixes by name
   */
  public record Running(String version, String url, long bytes, List<PrefixStatus> prefixes) {}

  /**
   * What only the embedded server has.
   *
   * @param data the data folder, which need not exist
   * @param bytes of the folder with the server's log of changes; 0 where it doesn't exist
   * @param pid of the server, where it runs
   * @param used whether a process uses it
   * @param kept whether it stays when the last one leaves, as `db start` has it
   */
  public record Embedded(Path data, long bytes, Optional<Long> pid, boolean used, boolean kept) {}

  /**
   * Looks.
   *
   * @throws DatabaseException if a server should answer and doesn't
   */
  public static DatabaseStatus of(Place place) {
    return switch (place) {
      case Place.ByUrl byUrl ->
          new DatabaseStatus(ask(byUrl.url(), new Site(byUrl.url().withoutPassword(), null)), null);
      case Place.Embedded embedded -> ofEmbedded(embedded.home());
    };
  }

  private static DatabaseStatus ofEmbedded(Path home) {
    SharedServer.Look look = SharedServer.of(home).look();
    Path data = look.data().path();
    try {
      var embedded =
          new Embedded(
              data,
              look.data().exists() ? look.data().size() : 0,
              look.running().map(server -> server.process().pid()),
              look.used(),
              look.kept());
      PostgresUrl url = look.running().map(EmbeddedServer.Running::url).orElse(null);
      Running running = url == null ? null : ask(url, new Site(url.withoutPassword(), data));
      return new DatabaseStatus(running, embedded);
    } catch (IOException e) {
      throw Diagnosis.of(e, home);
    }
  }

  private static Running ask(PostgresUrl url, Site site) {
    var connections = new Connections(url, site, Prefix.DEFAULT);
    try (Connection connection = connections.open(note -> {});
        var statement = connection.createStatement();
        var size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      size.next();
      return new Running(
          connection.getMetaData().getDatabaseProductVersion(),
          site.url(),
          size.getLong(1),
          PrefixStatus.listWithContents(connection));
    } catch (SQLException e) {
      throw Diagnosis.of(e, site);
    }
  }
}
