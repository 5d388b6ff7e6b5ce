package dev.hexlens.search;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.link.SourceSet;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.elixir.template.Template;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.hex.Dependency;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.SourceFile;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.index.SourceFiles;
import dev.hexlens.pattern.FileSearch;
import dev.hexlens.pattern.FileView;
import dev.hexlens.pattern.Query;
import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All fixture packages, the broken files as one more, read and linked as grep does it, without an
 * index.
 */
final class GreppedFixtures {
  private final List<Published> packages = new ArrayList<>();

  /** A release with its files read and linked as grep does it. */
  record Published(ReleaseId id, Set<String> dependencies, List<File> files) {}

  record File(String path, byte[] bytes, QuotedTree tree, Facts facts) {}

  /** The packages, published and indexed into a database. */
  static GreppedFixtures indexedInto(Database database) throws Exception {
    GreppedFixtures fixtures = new GreppedFixtures();
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd(broken(), aliased());
        ReleaseSource source = hex.open()) {
      hex.index(database);
      fixtures.read(source);
    }
    return fixtures;
  }

  List<Published> packages() {
    return packages;
  }

  private static HexTarball broken() throws IOException {
    HexTarball.Builder tarball = HexTarball.of("broken", "1.0.0");
    try (Stream<Path> files = Files.list(Path.of("..", "test-fixtures", "broken"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".ex")).toList()) {
        tarball.file("lib/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return tarball.build();
  }

  /** A module whose short name comes from another by {@code use}. */
  private static HexTarball aliased() {
    String source =
        """
        defmodule Aliased.Base do
          defmacro __using__(_) do
            quote do
              alias Aliased.Target, as: T
            end
          end
        end

        defmodule Aliased.User do
          use Aliased.Base
          def f(x), do: T.go(x)
        end
        """;
    return HexTarball.of("aliased", "1.0.0")
        .file("lib/aliased.ex", source.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private void read(ReleaseSource source) throws Exception {
    try (ElixirReader reader = new ElixirReader()) {
      for (ReleaseId id : new ReleaseSelection.Latest(false).choose(source.versions())) {
        PackageReleases.Release release =
            source.packageReleases(id.name()).release(id.version()).orElseThrow();
        List<File> files = new ArrayList<>();
        for (SourceFile file : source.tarball(id, release.checksum()).files()) {
          if (SourceFiles.isElixir(Path.of(file.path()))) {
            QuotedTree tree = reader.read(file.path(), file.bytes()).frozen();
            Facts facts = ElixirReader.facts(file.path(), tree, file.bytes());
            files.add(new File(file.path(), file.bytes(), tree, facts));
          }
        }
        Set<String> dependencies =
            release.dependencies().stream().map(Dependency::name).collect(Collectors.toSet());
        packages.add(new Published(id, dependencies, files));
      }
    }
  }

  /** The matches of a query, each with its place. */
  Set<String> grep(Query query) {
    Set<String> found = new HashSet<>();
    for (Published each : packages) {
      Linker linker = new Linker(exports(each));
      for (File file : each.files()) {
        FileView view =
            new FileView(
                file.tree(),
                file.bytes(),
                () -> linker.names(linker.placed(file.facts(), file.path())));
        boolean template = Template.Language.of(file.path()) != null;
        if (template || query.possibleIn(file.bytes())) {
          new FileSearch(view)
              .find(query)
              .forEach(match ->
                  found.add(
                      place(
                          each.id().name(),
                          file.path(),
                          match.start(),
                          match.end(),
                          file.bytes())));
        }
      }
    }
    return found;
  }

  /** How a match is told. */
  static String place(String name, String path, int start, int end, byte[] source) {
    String text = QuotedTree.slice(source, start, Math.min(end, start + 60));
    return "%s/%s %d–%d  %s".formatted(name, path, start, end, text);
  }

  /** Its own modules, those of everything it depends on, and Elixir's. */
  private Exports exports(Published of) {
    Map<String, Published> byName = new TreeMap<>();
    packages.forEach(each -> byName.put(each.id().name(), each));
    SourceSet seen = new SourceSet();
    Set<String> visited = new HashSet<>();
    List<Published> pending = new ArrayList<>(List.of(of));
    while (!pending.isEmpty()) {
      Published next = pending.removeFirst();
      for (File file : next.files()) {
        seen.add(file.facts().exports().stream().map(each -> each.at(file.path())).toList());
      }
      next.dependencies().stream()
          .filter(name -> visited.add(name) && byName.containsKey(name))
          .map(byName::get)
          .forEach(pending::add);
    }
    return seen.or(ElixirExports.instance());
  }
}
