package dev.hexlens.elixir.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries in use: those that the build compiled into the jar where it has them for
 * this platform, else io.github.bonede's prebuilt ones. The system property {@code hexlens.natives}
 * or the environment's {@code HEXLENS_NATIVES}, {@code built} or {@code bonede}, forces a set.
 *
 * @param set {@code built} or {@code bonede}
 * @param coreVersion version of the tree-sitter library
 * @param grammarVersion version of the grammar tree-sitter-elixir
 * @param symbols the functions of both, loaded for as long as the process lives
 */
public record NativeLibraries(
    String set, String coreVersion, String grammarVersion, SymbolLookup symbols) {

  private static @Nullable NativeLibraries active;

  /**
   * The set in use; loads it on the first call. Throws {@link IllegalStateException} with the
   * remedy.
   */
  public static synchronized NativeLibraries active() {
    if (active == null) {
      active = load(forced(), Platform.current());
    }
    return active;
  }

  private static @Nullable String forced() {
    String property = System.getProperty("hexlens.natives");
    return property != null ? property : System.getenv("HEXLENS_NATIVES");
  }

  static NativeLibraries load(@Nullable String forced, Platform platform) {
    try {
      return switch (forced) {
        case "built" -> built(platform);
        case "bonede" -> bonede(platform);
        case null -> {
          boolean compiled = resource(platform.builtFolder() + "natives.properties") != null;
          yield compiled ? built(platform) : bonede(platform);
        }
        default ->
            throw new IllegalStateException(
                "HEXLENS_NATIVES is " + forced + ": it may be built or bonede, or unset");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(
          "can't unpack the native libraries: "
              + e.getMessage()
              + ". Make the cache folder writable, or set XDG_CACHE_HOME",
          e);
    }
  }

  private static NativeLibraries built(Platform platform) throws IOException {
    String folder = platform.builtFolder();
    URL description = resource(folder + "natives.properties");
    if (description == null) {
      throw new IllegalStateException(
          "this build has no compiled natives for "
              + platform
              + ": build with npm and cc installed, or unset HEXLENS_NATIVES");
    }
    Properties natives = properties(description);
    String file = natives.getProperty("library");
    SymbolLookup symbols = open(folder + file, file, natives.getProperty("sha256"));
    return new NativeLibraries(
        "built", natives.getProperty("core"), natives.getProperty("grammar"), symbols);
  }

  private static NativeLibraries bonede(Platform platform) throws IOException {
    String core = platform.prebuiltResource("tree-sitter");
    String grammar = platform.prebuiltResource("tree-sitter-elixir");
    if (platform.os().equals("windows") || resource(core) == null || resource(grammar) == null) {
      // bonede's library for Windows exports its JNI functions only, none of tree-sitter's.
      throw new IllegalStateException(
          "there are no native libraries for "
              + platform
              + ": build HexLens there with npm and cc installed; on Windows, use WSL");
    }
    SymbolLookup symbols =
        open(core, platform.libraryName("tree-sitter"), null)
            .or(open(grammar, platform.libraryName("tree-sitter-elixir"), null));
    URL url = resource("prebuilt.properties");
    Properties versions = properties(url == null ? missing("prebuilt.properties") : url);
    return new NativeLibraries(
        "bonede", versions.getProperty("core"), versions.getProperty("grammar"), symbols);
  }

  private static SymbolLookup open(String resource, String file, @Nullable String sha256)
      throws IOException {
    URL url = resource(resource);
    Path library =
        NativeCache.ofUser().library(url == null ? missing(resource) : url, file, sha256);
    try {
      return SymbolLookup.libraryLookup(library, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the system can't load "
              + library
              + ": "
              + e.getMessage()
              + ". Set HEXLENS_NATIVES=bonede to try the prebuilt natives",
          e);
    }
  }

  private static URL missing(String resource) {
    throw new IllegalStateException(
        "HexLens's jars lack " + resource + ": build or install it again");
  }

  private static @Nullable URL resource(String name) {
    return NativeLibraries.class.getResource(name);
  }

  private static Properties properties(URL url) throws IOException {
    var properties = new Properties();
    try (InputStream in = url.openStream()) {
      properties.load(in);
    }
    return properties;
  }

  /**
   * An operating system and a processor, in bonede's words.
   *
   * @param os {@code linux}, {@code macos}, {@code windows} or what Java says
   * @param arch {@code x86_64}, {@code aarch64} or what Java says
   */
  record Platform(String os, String arch) {

    static Platform current() {
      return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
      String name = osName.toLowerCase(Locale.ROOT);
      String os = name.startsWith("mac") ? "macos" : name.startsWith("windows") ? "windows" : name;
      String arch = osArch.equals("amd64") ? "x86_64" : osArch.equals("arm64") ? "aarch64" : osArch;
      return new Platform(os, arch);
    }

    String builtFolder() {
      return "natives/" + arch + "-" + os + "/";
    }

    String prebuiltResource(String library) {
      String abi = os.equals("linux") ? "linux-gnu" : os;
      return "/lib/" + arch + "-" + abi + "-" + library + extension();
    }

    String libraryName(String library) {
      return (os.equals("windows") ? "" : "lib") + library + extension();
    }

    private String extension() {
      return switch (os) {
        case "macos" -> ".dylib";
        case "windows" -> ".dll";
        default -> ".so";
      };
    }

    @Override
    public String toString() {
      return arch + "-" + os;
    }
  }
}
