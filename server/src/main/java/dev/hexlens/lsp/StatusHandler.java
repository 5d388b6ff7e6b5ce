package dev.hexlens.lsp;

import dev.hexlens.protocol.StatusResult;
import dev.hexlens.store.Releases;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.workspace.WorkspaceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code hexlens/status}. */
record StatusHandler(Session session, String version) {
  StatusResult handle(Cancellation cancellation) {
    List<StatusResult.Folder> folders = new ArrayList<>();
    for (WorkspaceFolder folder : session.workspace().folders()) {
      folders.add(
          new StatusResult.Folder(
              folder.uri(),
              folder.state().name().toLowerCase(Locale.ROOT),
              folder.fileCount(),
              folder.dependencyCount(),
              folder.problems()));
    }
    try {
      Database database = session.workspace().hex().open().database();
      Releases.Totals totals = new Releases(database).totals(cancellation);
      session.notices().available();
      return new StatusResult(
          version,
          database.url(),
          session.notices().problem(),
          folders,
          new StatusResult.Hex(
              session.workspace().hex().prefix(),
              totals.packages(),
              totals.releases(),
              totals.files(),
              session.reindexer().isRunning()));
    } catch (DatabaseException e) {
      session.notices().outage(e);
      return new StatusResult(version, null, e.getMessage(), folders, null);
    }
  }
}
