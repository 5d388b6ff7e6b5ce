package dev.hexlens.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code hexlens --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "hexlens " + (version == null ? "(from classes)" : version), "Java " + Runtime.version(),
    };
  }
}
