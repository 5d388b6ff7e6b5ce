package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exports of a set of files, gathered file by file. */
public final class SourceSet implements Exports {
  private final Map<String, ModuleExports> modules = new HashMap<>();

  /** Adds what a file exports; of a module that two files define the first stays. */
  public void add(List<ModuleExports> exports) {
    for (ModuleExports module : exports) {
      modules.putIfAbsent(module.name(), module);
    }
  }

  @Override
  public @Nullable ModuleExports module(String name) {
    return modules.get(name);
  }
}
