package dev.hexlens.elixir.facts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a lexical scope takes from another module. */
public sealed interface Directive {
  /** The full name of that module; null where it is not a literal. */
  @Nullable String module();

  /**
   * {@code import module}.
   *
   * @param only names with the arities asked for as bits; null where all are
   * @param except names with the arities left out as bits
   */
  record Import(
      @Nullable String module,
      Filter filter,
      @Nullable Map<String, Long> only,
      Map<String, Long> except)
      implements Directive {
    /** Whether this import would bring the name if the module exports it. */
    public boolean admits(String name, int arity) {
      return only != null ? Arities.has(only, name, arity) : !Arities.has(except, name, arity);
    }
  }

  /**
   * What a template has from the module whose function it becomes.
   *
   * @param module null where it is not known
   */
  record View(@Nullable String module) implements Directive {}

  /** Which exports an import is about. */
  enum Filter {
    ALL,
    FUNCTIONS,
    MACROS,
    SIGILS
  }

  /**
   * {@code use module, option}, or another macro that a module body runs: {@code @before_compile
   * module}.
   *
   * @param macro {@code __using__} or {@code __before_compile__}
   */
  record Use(@Nullable String module, String macro, Option option) implements Directive {}

  /**
   * The {@code do} block of a macro's call: the macro may put imports in front of what stands in
   * it, as Ecto's {@code schema} does.
   *
   * @param module null for a call without a module in front
   * @param around the module that the call stands in, null outside of modules
   */
  record Block(@Nullable String module, String name, int arity, @Nullable String around)
      implements Directive {}

  /**
   * The literal part of a {@code use}'s options.
   *
   * @param atom the option itself where it is an atom: {@code :controller}
   * @param keywords those keys whose values are atoms or modules, as they print
   */
  record Option(@Nullable String atom, Map<String, String> keywords) {
    public static final Option NONE = new Option(null, Map.of());
  }
}
