package dev.hexlens.cli;

import dev.hexlens.elixir.parser.NativeLibraries;
import picocli.CommandLine.IVersionProvider;

/** What {@code hexlens --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "hexlens " + (version == null ? "(from classes)" : version),
      "Java " + Runtime.version(),
      parser(),
    };
  }

  private static String parser() {
    try {
      NativeLibraries natives = NativeLibraries.active();
      return "tree-sitter %s, tree-sitter-elixir %s (%s natives)"
          .formatted(natives.coreVersion(), natives.grammarVersion(), natives.set());
    } catch (IllegalStateException noNatives) {
      return "no parser: " + noNatives.getMessage();
    }
  }
}
