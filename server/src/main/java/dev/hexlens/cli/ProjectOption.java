package dev.hexlens.cli;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.store.postgres.HexLensHome;
import dev.hexlens.workspace.WorkspaceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Mix project that questions are about. */
final class ProjectOption {
  private ProjectOption() {}

  /** The project's root, checked. */
  static Path root(Path folder) {
    if (!Files.isRegularFile(folder.resolve("mix.exs"))) {
      throw new CommandFailure(folder + " is no Mix project: it has no mix.exs");
    }
    return folder.toAbsolutePath().normalize();
  }

  /** Opens a project, its own files and the packages it has on disk indexed as they are now. */
  static WorkspaceFolder open(Path root, Console console) {
    // A project's own files never go to a database named by URL.
    DatabaseConfig.Place own =
        new DatabaseConfig.Place.Embedded(HexLensHome.of(console.environment()));
    WorkspaceFolder folder =
        new WorkspaceFolder(
            root, root.toUri().toString(), own, note -> console.err().println("hexlens: " + note));
    try {
      folder.synchronize(true, false, WorkspaceFolder.Watcher.NONE, Cancellation.NONE);
      return folder;
    } catch (IOException e) {
      folder.close();
      throw new CommandFailure(root + " can't be read: " + e.getMessage(), e);
    } catch (DatabaseException e) {
      folder.close();
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
