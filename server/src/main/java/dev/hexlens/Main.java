package dev.hexlens;

import dev.hexlens.cli.HexLensCommand;

/** The command line's entry. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    int exit = HexLensCommand.run(System.in, System.out, System.err, args);
    System.out.flush();
    System.exit(exit);
  }
}
