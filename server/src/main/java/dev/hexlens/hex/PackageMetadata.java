package dev.hexlens.hex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tarball says of itself ({@code metadata.config}). For dependencies and versions the
 * registry is the authority; this is the best that the tarball has, and may lack anything.
 *
 * @param name null if not given
 * @param version as written; null if not given
 * @param app the OTP application; null if not given
 * @param elixir the requirement on Elixir's version; null if not given
 * @param buildTools such as {@code mix}, {@code rebar3}, {@code gleam}
 */
public record PackageMetadata(
    @Nullable String name,
    @Nullable String version,
    @Nullable String app,
    @Nullable String description,
    @Nullable String elixir,
    List<String> licenses,
    List<String> buildTools,
    List<Dependency> requirements) {

  /** Metadata that say nothing. */
  public static final PackageMetadata NONE =
      new PackageMetadata(null, null, null, null, null, List.of(), List.of(), List.of());

  public PackageMetadata {
    licenses = List.copyOf(licenses);
    buildTools = List.copyOf(buildTools);
    requirements = List.copyOf(requirements);
  }
}
