package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.NamePool;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that Elixir itself gives a meaning which matters to names. */
enum Word {
  ALIASES("__aliases__"),
  MODULE("__MODULE__"),
  BLOCK("__block__"),
  DOT("."),
  ARROW("->"),
  LEFT_ARROW("<-"),
  MATCH("="),
  PIPE("|>"),
  CAPTURE("&"),
  AT("@"),
  STRUCT("%"),
  MAP("%{}"),
  TUPLE("{}"),
  SLASH("/"),
  DOUBLE_COLON("::"),
  DEFAULT("\\\\"),
  PIN("^"),
  ALIAS,
  IMPORT,
  REQUIRE,
  USE,
  USING,
  EMBED_TEMPLATES,
  QUOTE,
  UNQUOTE,
  UNQUOTE_SPLICING,
  SUPER,
  WHEN,
  DEF,
  DEFP,
  DEFMACRO,
  DEFMACROP,
  DEFGUARD,
  DEFGUARDP,
  DEFDELEGATE,
  DEFMODULE,
  DEFPROTOCOL,
  DEFIMPL,
  DEFSTRUCT,
  DEFEXCEPTION,
  DEFOVERRIDABLE,
  DEFRECORD,
  DEFRECORDP,
  APPLY,
  SPAWN,
  SPAWN_LINK,
  SPAWN_MONITOR,
  // keys
  AS,
  DO,
  FOR,
  TO,
  ONLY,
  EXCEPT,
  BIND_QUOTED,
  // attributes
  SPEC,
  TYPE,
  TYPEP,
  OPAQUE,
  CALLBACK,
  MACROCALLBACK,
  BEHAVIOUR,
  IMPL,
  DERIVE,
  BEFORE_COMPILE,
  // what the compiler or Kernel reads; no definitions
  DOC,
  MODULEDOC,
  TYPEDOC,
  DEPRECATED,
  ENFORCE_KEYS,
  FALLBACK_TO_ANY,
  COMPILE,
  DIALYZER,
  EXTERNAL_RESOURCE,
  FILE,
  ON_DEFINITION,
  ON_LOAD,
  AFTER_COMPILE,
  AFTER_VERIFY,
  OPTIONAL_CALLBACKS,
  NIFS,
  VSN,
  SINCE,
  PROTOCOL,
  UNDEFINED_IMPL_DESCRIPTION,
  ;

  private static final Map<String, Word> BY_TEXT = new HashMap<>();

  static {
    for (Word word : values()) {
      BY_TEXT.put(word.text, word);
    }
    BY_TEXT.put("__protocol__", PROTOCOL);
  }

  private final String text;

  Word() {
    this.text = name().toLowerCase(Locale.ROOT);
  }

  Word(String text) {
    this.text = text;
  }

  /** The word that each name of a file is, null where it is none of them. */
  static @Nullable Word[] of(NamePool names) {
    @Nullable Word[] words = new Word[names.size()];
    for (int name = 0; name < words.length; name++) {
      words[name] = BY_TEXT.get(names.text(name));
    }
    return words;
  }

  /** The index of this word among a file's names, -1 when the file lacks it. */
  int in(NamePool names) {
    return names.find(text.getBytes(StandardCharsets.UTF_8));
  }
}
