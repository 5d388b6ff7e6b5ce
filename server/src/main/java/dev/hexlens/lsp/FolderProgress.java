package dev.hexlens.lsp;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.WorkspaceFolder;
import org.jspecify.annotations.Nullable;

/** Shows a folder being indexed, once there is something to do. */
final class FolderProgress implements WorkspaceFolder.Watcher, AutoCloseable {
  private final WorkspaceFolder folder;
  private final WorkProgress progress;
  private final Cancellation cancellation;
  private WorkProgress.@Nullable Shown shown;

  FolderProgress(WorkspaceFolder folder, WorkProgress progress, Cancellation cancellation) {
    this.folder = folder;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  private WorkProgress.Shown shown() {
    if (shown == null) {
      shown = progress.begin("Indexing " + folder.name(), null, cancellation);
    }
    return shown;
  }

  @Override
  public void files(int done, int all) {
    shown().report(done, all, "%,d of %,d files".formatted(done, all));
  }

  @Override
  public void dependency(String dependency) {
    shown().report(1, 1, dependency);
  }

  @Override
  public void close() {
    if (shown != null) {
      shown.close();
    }
  }
}
