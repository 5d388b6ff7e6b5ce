package dev.hexlens.search;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A symbol as people write it: {@code Mod}, {@code Mod.fun}, {@code Mod.fun/2}, {@code Mod.@attr},
 * {@code :lists.map/2}, {@code Mod.t/0}.
 *
 * @param name empty for the module itself
 * @param arity -1 for any
 */
public record SymbolName(String module, String name, int arity, boolean attribute) {
  private static final Pattern MODULE =
      Pattern.compile(":[a-z_][A-Za-z0-9_@]*|[A-Z][A-Za-z0-9_.]*");
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "(?<module>:[a-z_][A-Za-z0-9_@]*|[A-Z][A-Za-z0-9_]*(?:\\.[A-Z][A-Za-z0-9_]*)*)"
              + "\\.(?<at>@?)(?<name>[^/@]+|/|//|[^A-Z]+?)(?:/(?<arity>[0-9]{1,3}))?");

  /** Reads a name; empty when it is none. */
  public static Optional<SymbolName> parse(String text) {
    Matcher qualified = QUALIFIED.matcher(text);
    if (qualified.matches() && !Character.isUpperCase(qualified.group("name").charAt(0))) {
      String arity = qualified.group("arity");
      return Optional.of(
          new SymbolName(
              qualified.group("module"),
              qualified.group("name"),
              arity == null ? -1 : Integer.parseInt(arity),
              !qualified.group("at").isEmpty()));
    }
    return MODULE.matcher(text).matches()
        ? Optional.of(new SymbolName(text, "", -1, false))
        : Optional.empty();
  }

  /** The symbols that are meant: all arities where none is given. */
  public List<Symbol> meant(Symbols known, Cancellation cancellation) {
    return known.named(module, name, cancellation).stream().filter(this::admits).toList();
  }

  /** Whether a symbol of this module and name is meant. */
  public boolean admits(Symbol symbol) {
    if ((symbol.namespace() == Symbol.Namespace.ATTRIBUTE) != attribute) {
      return false;
    }
    return arity < 0 || symbol.arity() == arity;
  }
}
