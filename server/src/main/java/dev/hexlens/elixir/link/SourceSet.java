package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exports of a set of files, gathered file by file. */
public final class SourceSet implements Exports {
  private final Map<String, ModuleExports> modules = new HashMap<>();

  /** A set of nothing yet. */
  public SourceSet() {}

  /** A set of these modules. */
  public SourceSet(Collection<ModuleExports> exports) {
    add(exports);
  }

  /** Adds what a file exports; of a module that two files define the first stays. */
  public void add(Collection<ModuleExports> exports) {
    for (ModuleExports module : exports) {
      modules.putIfAbsent(module.name(), module);
    }
  }

  @Override
  public @Nullable String view(String template) {
    return Views.of(modules.values(), template);
  }

  @Override
  public @Nullable ModuleExports module(String name) {
    return modules.get(name);
  }
}
