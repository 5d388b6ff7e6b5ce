package dev.hexlens.index;

import java.util.Optional;

/** The languages whose files are kept. */
public enum SourceLanguage {
  ELIXIR("elixir"),
  /** Has facts, and no tree. */
  ERLANG("erlang"),
  /** EEx and HEEx: read as the program that the Elixir in them makes. */
  TEMPLATE("template");

  private final String stored;

  SourceLanguage(String stored) {
    this.stored = stored;
  }

  /** The word for it in the store. */
  public String stored() {
    return stored;
  }

  /** The language that a file's name stands for; empty for files that are not kept. */
  public static Optional<SourceLanguage> of(String path) {
    int dot = path.lastIndexOf('.');
    return switch (dot < 0 ? "" : path.substring(dot + 1)) {
      case "ex", "exs" -> Optional.of(ELIXIR);
      case "erl", "hrl", "yrl", "xrl" -> Optional.of(ERLANG);
      case "eex", "heex", "leex" -> Optional.of(TEMPLATE);
      default -> Optional.empty();
    };
  }
}
