package dev.hexlens.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is indexed and what is under way.
 *
 * @param version of the server
 * @param database where the index of packages lives, without a password; null while it is out of
 *     reach
 * @param problem why something does not work at present, with the remedy; null when all does
 * @param folders the workspace's folders
 * @param hex the index of packages; null while it is out of reach
 */
public record StatusResult(
    String version,
    @Nullable String database,
    @Nullable String problem,
    List<Folder> folders,
    @Nullable Hex hex) {
  /**
   * One folder of the workspace.
   *
   * @param state {@code indexing}, {@code ready} or {@code failed}
   * @param files files of its own that are indexed
   * @param dependencies packages in its {@code deps} that are indexed
   * @param problems files that are not whole, and what else went wrong; a sentence each
   */
  public record Folder(
      String uri, String state, int files, int dependencies, List<String> problems) {}

  /**
   * The index of packages.
   *
   * @param prefix its name
   * @param indexing whether this server is filling it
   */
  public record Hex(String prefix, int packages, int releases, long files, boolean indexing) {}
}
