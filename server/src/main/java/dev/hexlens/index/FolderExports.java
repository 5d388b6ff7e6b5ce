package dev.hexlens.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.link.Views;
import dev.hexlens.elixir.parser.ParseTimeout;
import dev.hexlens.pattern.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the modules of a set of files export, read when somebody asks: most searches ask for none.
 * For many threads.
 */
public final class FolderExports implements Exports {
  private static final List<Word> DEFINITIONS =
      List.of(new Word("defmodule"), new Word("defprotocol"));

  private final List<Path> files;
  private final Map<String, Optional<ModuleExports>> known = new ConcurrentHashMap<>();
  private final Map<Path, List<ModuleExports>> read = new ConcurrentHashMap<>();
  private @Nullable Map<String, List<Path>> definers;

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

  @Override
  public @Nullable String view(String template) {
    List<ModuleExports> modules = new ArrayList<>();
    for (Path file : files) {
      if (Views.mayHold(shown(file), template)) {
        modules.addAll(read.computeIfAbsent(file, FolderExports::exports));
      }
    }
    return Views.of(modules, template);
  }

  /** A file's name as {@link #view} takes it: as it was given. */
  public static String shown(Path file) {
    return file.toString().replace('\\', '/');
  }

  private Optional<ModuleExports> find(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    for (Path file : definers().getOrDefault(last, List.of())) {
      for (ModuleExports module : read.computeIfAbsent(file, FolderExports::exports)) {
        if (module.name().equals(name)) {
          return Optional.of(module);
        }
      }
    }
    return Optional.empty();
  }

  /** The files by the last parts of the names of the modules that they define. */
  private synchronized Map<String, List<Path>> definers() {
    if (definers == null) {
      // On all cores: whoever asks meanwhile waits.
      definers =
          files.parallelStream()
              .flatMap(file -> defined(file).stream().map(module -> Map.entry(module, file)))
              .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }
    return definers;
  }

  /** The last parts of the names of the modules that a file defines, read off its bytes. */
  private static Set<String> defined(Path file) {
    Set<String> modules = new HashSet<>();
    try {
      byte[] source = Files.readAllBytes(file);
      for (Word definition : DEFINITIONS) {
        int at = definition.next(source, 0);
        while (at >= 0) {
          String name = name(source, at + definition.length());
          modules.add(name.substring(name.lastIndexOf('.') + 1));
          at = definition.next(source, at + 1);
        }
      }
    } catch (IOException e) {
      return Set.of(); // the search itself says that the file can't be read
    }
    return modules;
  }

  private static String name(byte[] source, int from) {
    int start = from;
    while (start < source.length && (source[start] == ' ' || source[start] == '(')) {
      start++;
    }
    int end = start;
    while (end < source.length && (Word.isPart(source[end]) || source[end] == '.')) {
      end++;
    }
    return new String(source, start, end - start, StandardCharsets.US_ASCII);
  }

  private static List<ModuleExports> exports(Path file) {
    try (ElixirReader reader = new ElixirReader()) {
      byte[] source = Files.readAllBytes(file);
      return Facts.of(reader.read(source), source).exports().stream()
          .map(module -> module.at(shown(file)))
          .toList();
    } catch (IOException | ParseTimeout e) {
      return List.of(); // as above
    }
  }
}
