package dev.hexlens.cli;

import dev.hexlens.elixir.parser.NativeLibraries;
import picocli.CommandLine.IVersionProvider;

/** What {@code hexlens --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "hexlens " + number(), "Java " + Runtime.version(), parser(),
    };
  }

  /** The version alone. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(from classes)" : version;
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
