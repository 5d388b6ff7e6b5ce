package dev.hexlens.protocol;

import com.google.gson.annotations.SerializedName;
import org.eclipse.lsp4j.Range;

/**
 * A place in a source.
 *
 * @param origin {@code workspace}, {@code dependency} or {@code hex}
 * @param packageName a package, or the name of the folder's project
 * @param version of the package or project
 * @param path inside the package or folder, with slashes
 * @param uri a file that can be opened; of a package that is not on disk, a read-only copy
 * @param range in the encoding that was agreed upon
 * @param text the first line of the place, without the spaces around it
 */
public record SourcePlace(
    String origin,
    @SerializedName("package") String packageName,
    String version,
    String path,
    String uri,
    Range range,
    String text) {}
