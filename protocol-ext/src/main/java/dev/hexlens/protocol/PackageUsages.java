package dev.hexlens.protocol;

import com.google.gson.annotations.SerializedName;
import java.util.List;

/**
 * The usages in one package or folder.
 *
 * @param origin {@code workspace}, {@code dependency} or {@code hex}
 * @param count how many there are in it, also where they are not all listed
 * @param usages by path and place
 */
public record PackageUsages(
    String origin,
    @SerializedName("package") String packageName,
    String version,
    int count,
    List<Usage> usages) {
  public PackageUsages {
    usages = List.copyOf(usages);
  }
}
