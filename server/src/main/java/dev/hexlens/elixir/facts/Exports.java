package dev.hexlens.elixir.facts;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What modules outside of one file export. */
@FunctionalInterface
public interface Exports {
  /** No module is known. */
  Exports NONE = name -> null;

  /** The exports of a module by its full name, null when it is not known. */
  @Nullable ModuleExports module(String name);

  /**
   * The module whose function a template becomes.
   *
   * @param template its path inside of its package
   */
  default @Nullable String view(String template) {
    return null;
  }

  /** The exports that somebody has at the time they are asked for. */
  static Exports deferred(Supplier<Exports> exports) {
    return new Exports() {
      @Override
      public @Nullable ModuleExports module(String name) {
        return exports.get().module(name);
      }

      @Override
      public @Nullable String view(String template) {
        return exports.get().view(template);
      }
    };
  }

  /** These exports without these modules. */
  default Exports without(Set<String> modules) {
    Exports these = this;
    return new Exports() {
      @Override
      public @Nullable ModuleExports module(String name) {
        return modules.contains(name) ? null : these.module(name);
      }

      @Override
      public @Nullable String view(String template) {
        String view = these.view(template);
        return view == null || modules.contains(view) ? null : view;
      }
    };
  }

  /** These exports, and the other's for modules that these don't know. */
  default Exports or(Exports other) {
    Exports these = this;
    return new Exports() {
      @Override
      public @Nullable ModuleExports module(String name) {
        ModuleExports own = these.module(name);
        return own == null ? other.module(name) : own;
      }

      @Override
      public @Nullable String view(String template) {
        String own = these.view(template);
        return own == null ? other.view(template) : own;
      }
    };
  }
}
