package dev.hexlens.index;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.parser.ParseTimeout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the modules of a set of files export, read when somebody asks: most searches ask for none.
 * For many threads.
 */
public final class FolderExports implements Exports {
  private final List<Path> files;
  private final Map<String, Optional<ModuleExports>> known = new ConcurrentHashMap<>();
  private final Map<Path, List<ModuleExports>> read = new ConcurrentHashMap<>();

  public FolderExports(List<Path> files) {
    this.files = List.copyOf(files);
  }

  @Override
  public @Nullable ModuleExports module(String name) {
    Optional<ModuleExports> found = known.get(name);
    if (found == null) {
      found = find(name);
      known.put(name, found);
    }
    return found.orElse(null);
  }

  /** The file that defines a module has the last part of its name in it. */
  private Optional<ModuleExports> find(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    for (Path file : files) {
      if (mentions(file, last)) {
        for (ModuleExports module : read.computeIfAbsent(file, FolderExports::exports)) {
          if (module.name().equals(name)) {
            return Optional.of(module);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean mentions(Path file, String word) {
    try {
      // ISO 8859-1 keeps bytes apart; the word is ASCII, as module names are
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.contains("defmodule") && text.contains(word);
    } catch (IOException e) {
      return false; // the search itself says that the file can't be read
    }
  }

  private static List<ModuleExports> exports(Path file) {
    try (ElixirReader reader = new ElixirReader()) {
      byte[] source = Files.readAllBytes(file);
      return Facts.of(reader.read(source), source).exports();
    } catch (IOException | ParseTimeout e) {
      return List.of(); // as above
    }
  }
}
