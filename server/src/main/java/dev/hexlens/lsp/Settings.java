package dev.hexlens.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user may set, under {@code hexlens} in the editor's settings or as initialization
 * options. PROTOCOL.md is the manual.
 *
 * @param answers {@code all}, or {@code hex} to leave the workspace's own files to other servers
 * @param dependencies {@code disk}: index what is under deps; {@code lock}: what mix.lock names
 *     from Hex too; {@code none}
 */
record Settings(String answers, String dependencies, Hex hex, Limits limits) {
  /**
   * The index of Hex.
   *
   * @param onStart {@code nothing}, {@code top} or {@code all}
   * @param top how many packages with {@code top}
   * @param mirrors none: hex.pm
   * @param repository null: hexpm
   * @param registryKey a file; null: hex.pm's own
   */
  record Hex(
      String prefix,
      String onStart,
      int top,
      List<String> mirrors,
      @Nullable String repository,
      @Nullable String registryKey,
      @Nullable String api) {}

  /** Answers at most. */
  record Limits(int references, int symbols, int search) {}

  static final Settings DEFAULT =
      new Settings(
          "all",
          "disk",
          new Hex("hex", "nothing", 300, List.of(), null, null, null),
          new Limits(1_000, 200, 1_000));

  /**
   * Reads settings; what is absent stays as it was.
   *
   * @throws IllegalArgumentException when a setting is not what it should be, naming it
   */
  Settings with(@Nullable JsonElement json) {
    if (json == null || !json.isJsonObject()) {
      return this;
    }
    JsonElement inner = json.getAsJsonObject().get("hexlens");
    Given given;
    try {
      given =
          new Gson().fromJson(inner != null && inner.isJsonObject() ? inner : json, Given.class);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(
          "the settings of hexlens can't be read: " + e.getMessage(), e);
    }
    GivenHex h = given.hex == null ? new GivenHex() : given.hex;
    GivenLimits l = given.limits == null ? new GivenLimits() : given.limits;
    return new Settings(
        oneOf("hexlens.answers", given.answers, answers, "all", "hex"),
        oneOf("hexlens.dependencies", given.dependencies, dependencies, "disk", "lock", "none"),
        new Hex(
            or(h.prefix, hex.prefix),
            oneOf("hexlens.hex.onStart", h.onStart, hex.onStart, "nothing", "top", "all"),
            positive("hexlens.hex.top", h.top, hex.top),
            h.mirrors == null ? hex.mirrors : List.copyOf(h.mirrors),
            h.repository == null ? hex.repository : h.repository,
            h.registryKey == null ? hex.registryKey : h.registryKey,
            h.api == null ? hex.api : h.api),
        new Limits(
            positive("hexlens.limits.references", l.references, limits.references),
            positive("hexlens.limits.symbols", l.symbols, limits.symbols),
            positive("hexlens.limits.search", l.search, limits.search)));
  }

  private static String or(@Nullable String given, String before) {
    return given == null ? before : given;
  }

  private static String oneOf(
      String name, @Nullable String given, String before, String... allowed) {
    if (given == null) {
      return before;
    }
    if (!List.of(allowed).contains(given)) {
      throw new IllegalArgumentException(
          "%s can't be '%s': use one of %s".formatted(name, given, String.join(", ", allowed)));
    }
    return given;
  }

  private static int positive(String name, @Nullable Integer given, int before) {
    if (given == null) {
      return before;
    }
    if (given < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + given);
    }
    return given;
  }

  private static final class Given {
    @Nullable String answers;
    @Nullable String dependencies;
    @Nullable GivenHex hex;
    @Nullable GivenLimits limits;
  }

  private static final class GivenHex {
    @Nullable String prefix;
    @Nullable String onStart;
    @Nullable Integer top;
    @Nullable List<String> mirrors;
    @Nullable String repository;
    @Nullable String registryKey;
    @Nullable String api;
  }

  private static final class GivenLimits {
    @Nullable Integer references;
    @Nullable Integer symbols;
    @Nullable Integer search;
  }
}
