package dev.hexlens;

import dev.hexlens.cli.HexLensCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** The command line's entry. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Straight to the descriptor: System.out would encode in the locale's charset and flush each
    // line.
    var out = new FileOutputStream(FileDescriptor.out);
    System.exit(HexLensCommand.run(System.in, out, System.err, args));
  }
}
