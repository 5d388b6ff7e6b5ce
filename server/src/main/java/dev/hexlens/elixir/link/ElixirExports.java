package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Arities;
import dev.hexlens.elixir.facts.Directive;
import dev.hexlens.elixir.facts.Directive.Filter;
import dev.hexlens.elixir.facts.Directive.Import;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.Recipe;
import dev.hexlens.elixir.facts.Recipe.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Elixir's own modules export, from the table that {@code src/main/elixir/exports.exs} makes.
 */
public final class ElixirExports implements Exports {
  private static final ElixirExports INSTANCE = read();

  private final Map<String, ModuleExports> modules;

  private ElixirExports(Map<String, ModuleExports> modules) {
    this.modules = modules;
  }

  /** The table of this build; its head names the versions that it was made from. */
  public static ElixirExports instance() {
    return INSTANCE;
  }

  @Override
  public @Nullable ModuleExports module(String name) {
    return modules.get(name);
  }

  private static ElixirExports read() {
    try (InputStream in = ElixirExports.class.getResourceAsStream("exports.txt")) {
      if (in == null) {
        throw new IllegalStateException("exports.txt is missing from the jar; build it again");
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ElixirExports read(BufferedReader lines) throws IOException {
    Map<String, Table> tables = new HashMap<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ");
        tables.computeIfAbsent(words[0], name -> new Table()).add(words);
      }
    }
    Map<String, ModuleExports> modules = new HashMap<>();
    tables.forEach((name, table) -> modules.put(name, table.exports(name)));
    return new ElixirExports(modules);
  }

  private static final class Table {
    private final Map<String, Long> functions = new HashMap<>();
    private final Map<String, Long> macros = new HashMap<>();
    private final Map<String, Long> types = new HashMap<>();
    private final Map<String, Long> callbacks = new HashMap<>();
    private final Map<String, Map<String, Long>> imports = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private boolean struct;

    void add(String[] words) {
      switch (words[1]) {
        case "f" -> arities(functions, words, 2);
        case "m" -> arities(macros, words, 2);
        case "t" -> arities(types, words, 2);
        case "c" -> arities(callbacks, words, 2);
        case "s" -> struct = true;
        case "import" -> arities(imports.computeIfAbsent(words[2], m -> new HashMap<>()), words, 4);
        case "alias" -> steps.add(new Recipe.Name(words[2], words[3], null, false));
        case "define" -> {
          for (int i = 4; i < words.length; i++) {
            int arity = Integer.parseInt(words[i]);
            steps.add(new Recipe.Define(words[3], arity, arity, false));
          }
        }
        default -> throw new IllegalStateException("exports.txt: " + String.join(" ", words));
      }
    }

    private static void arities(Map<String, Long> table, String[] words, int name) {
      for (int i = name + 1; i < words.length; i++) {
        int arity = Integer.parseInt(words[i]);
        Arities.add(table, words[name], arity, arity);
      }
    }

    ModuleExports exports(String name) {
      imports.forEach((module, names) -> {
        Directive imported = new Import(module, Filter.ALL, names, Map.of());
        steps.add(new Recipe.Take(imported, null, false));
      });
      Map<String, List<Recipe>> recipes =
          steps.isEmpty() ? Map.of() : Map.of("__using__/1", List.of(new Recipe(null, steps)));
      return new ModuleExports(
          name, functions, macros, types, callbacks, struct, List.of(), recipes, null);
    }
  }
}
