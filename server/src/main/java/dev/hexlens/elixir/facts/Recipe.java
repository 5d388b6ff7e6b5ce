package dev.hexlens.elixir.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one clause of a macro, or of a function that helps one, puts into the code of its caller.
 *
 * @param when the atom that the clause's first argument must be; null for any argument
 */
public record Recipe(@Nullable String when, List<Step> steps) {

  /** One thing that it does. */
  public sealed interface Step {}

  /**
   * Takes something from another module: an import or a use in its quoted code.
   *
   * @param inner whether it stands in a block of the quoted code, so that only code put into that
   *     block has it
   */
  public record Take(Directive directive, @Nullable OptionValue module, boolean inner)
      implements Step {}

  /** Gives a module a name; {@code as} is that name. */
  public record Name(
      String as, @Nullable String module, @Nullable OptionValue option, boolean inner)
      implements Step {}

  /** Defines a function or macro in the caller. */
  public record Define(String name, int minArity, int maxArity, boolean macro) implements Step {}

  /** Does what a function of the same module does. */
  public record Include(String name, int arity) implements Step {}

  /**
   * Does what the function of the same module does that the option names: {@code apply(__MODULE__,
   * which, [])}.
   */
  public record IncludeOption(int arity) implements Step {}

  /**
   * A module that comes out of the options.
   *
   * @param fallback the module when the option is missing
   */
  public record OptionValue(String key, @Nullable String fallback) {}
}
