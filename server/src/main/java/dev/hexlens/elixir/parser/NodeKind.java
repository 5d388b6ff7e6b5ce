package dev.hexlens.elixir.parser;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The node types of the grammar tree-sitter-elixir, by name: their numbers differ between versions
 * of the grammar.
 */
public enum NodeKind {
  SOURCE,
  BLOCK,
  IDENTIFIER,
  ALIAS,
  INTEGER,
  FLOAT,
  CHAR,
  BOOLEAN,
  NIL,
  ATOM,
  QUOTED_ATOM,
  STRING,
  CHARLIST,
  INTERPOLATION,
  QUOTED_CONTENT,
  ESCAPE_SEQUENCE,
  SIGIL,
  SIGIL_NAME,
  SIGIL_MODIFIERS,
  LIST,
  TUPLE,
  BITSTRING,
  MAP,
  MAP_CONTENT,
  STRUCT,
  KEYWORDS,
  PAIR,
  KEYWORD,
  QUOTED_KEYWORD,
  UNARY_OPERATOR,
  BINARY_OPERATOR,
  OPERATOR_IDENTIFIER,
  DOT,
  CALL,
  ACCESS_CALL,
  ARGUMENTS,
  DO_BLOCK,
  AFTER_BLOCK,
  RESCUE_BLOCK,
  CATCH_BLOCK,
  ELSE_BLOCK,
  STAB_CLAUSE,
  BODY,
  ANONYMOUS_FUNCTION,
  COMMENT,
  /** Every anonymous node: punctuation, operators, words such as {@code do}. */
  TOKEN,
  /** What the parser skipped to recover from a syntax error. */
  ERROR;

  private static final NodeKind[] VALUES = values();

  /** The name that the grammar gives to the nodes of this kind. */
  String grammarName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NodeKind of(int ordinal) {
    return VALUES[ordinal];
  }

  /**
   * The kind of the named nodes that the grammar calls {@code name}, or null where it is not among
   * ours.
   */
  static @Nullable NodeKind named(String name) {
    for (NodeKind kind : VALUES) {
      if (kind != TOKEN && kind != ERROR && kind.grammarName().equals(name)) {
        return kind;
      }
    }
    return null;
  }
}
