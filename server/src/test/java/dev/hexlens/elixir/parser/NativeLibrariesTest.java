package dev.hexlens.elixir.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hexlens.elixir.parser.NativeLibraries.Platform;
import io.github.treesitter.jtreesitter.InputEdit;
import io.github.treesitter.jtreesitter.Language;
import io.github.treesitter.jtreesitter.Node;
import io.github.treesitter.jtreesitter.Parser;
import io.github.treesitter.jtreesitter.Point;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  @Test
  void theForcedSetIsInUse() {
    String forced = System.getProperty("hexlens.natives");
    assumeTrue(forced != null);
    assertThat(NativeLibraries.active().set()).isEqualTo(forced);
  }

  @Test
  void theSetNamesItsVersions() {
    NativeLibraries active = NativeLibraries.active();
    assertThat(active.coreVersion()).matches("0\\.2[56]\\.\\d+");
    assertThat(active.grammarVersion()).matches("0\\.[23]\\.\\d+");
  }

  @Test
  void anUnknownSetIsRefused() {
    assertThatThrownBy(() -> NativeLibraries.load("homemade", Platform.current()))
        .hasMessage("HEXLENS_NATIVES is homemade: it may be built or bonede, or unset");
  }

  @Test
  void aPlatformWithoutNativesIsNamedWithTheRemedy() {
    assertThatThrownBy(() -> NativeLibraries.load(null, Platform.of("SunOS", "sparcv9")))
        .hasMessageContaining("sparcv9-sunos")
        .hasMessageContaining("npm and cc");
    assertThatThrownBy(() -> NativeLibraries.load(null, Platform.of("Windows 11", "amd64")))
        .hasMessageContaining("WSL");
  }

  /** That nobody calls them from Java is a rule of LayeringTest. */
  @Test
  void core025LacksFourFunctionsThatJtreesitterNames() {
    NativeLibraries active = NativeLibraries.active();
    assumeTrue(active.coreVersion().startsWith("0.25."));
    assertThat(
            List.of(
                "ts_point_edit",
                "ts_range_edit",
                "ts_query_cursor_set_containing_byte_range",
                "ts_query_cursor_set_containing_point_range"))
        .noneMatch(name -> active.symbols().find(name).isPresent());
  }

  /** The editor's incremental trees are jtreesitter's, on the same libraries. */
  @Test
  void jtreesitterReparsesAnEditOnTheSameLibraries() {
    var language = Language.load(NativeLibraries.active().symbols(), "tree_sitter_elixir");
    try (var parser = new Parser(language);
        var before = parser.parse("foo(1)").orElseThrow()) {
      before.edit(new InputEdit(4, 5, 6, new Point(0, 4), new Point(0, 5), new Point(0, 6)));
      try (var after = parser.parse("foo(42)", before).orElseThrow()) {
        assertThat(text(after.getRootNode()))
            .isEqualTo(
                "(source 0-7 (call 0-7 (identifier 0-3) (arguments 3-7 (( 3-4) (integer 4-6) () 6-7))))");
      }
    }
  }

  @Test
  void manyProcessesMayUnpackAtOnce(@TempDir Path folder)
      throws IOException, InterruptedException, ExecutionException {
    URL source = library(folder, "the bytes of a library");
    var cache = new NativeCache(folder.resolve("cache"));
    Callable<Path> unpack = () -> cache.library(source, "lib.so", null);
    try (var executor = Executors.newFixedThreadPool(8)) {
      List<Future<Path>> unpacked = executor.invokeAll(Collections.nCopies(40, unpack));
      Path first = unpacked.getFirst().get();
      assertThat(first).hasContent("the bytes of a library");
      for (Future<Path> each : unpacked) {
        assertThat(each.get()).isEqualTo(first);
      }
      try (var files = Files.list(first.resolveSibling("."))) {
        assertThat(files).as("no partial file is left").hasSize(1);
      }
    }
  }

  @Test
  void otherBytesGoToAnotherFolder(@TempDir Path folder) throws IOException {
    var cache = new NativeCache(folder.resolve("cache"));
    Path one = cache.library(library(folder, "one"), "lib.so", null);
    Path two = cache.library(library(folder, "two"), "lib.so", null);
    assertThat(one).isNotEqualTo(two).hasContent("one");
    assertThat(two).hasContent("two");
  }

  @Test
  void aCacheThatCantBeWrittenIsNoHindrance(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    var cache = new NativeCache(file.resolve("cache"));
    assertThat(cache.library(library(folder, "one"), "lib.so", null)).hasContent("one");
  }

  private static URL library(Path folder, String content) throws IOException {
    Path file =
        Files.writeString(folder.resolve(content + ".jarred"), content, StandardCharsets.UTF_8);
    URI uri = file.toUri();
    return uri.toURL();
  }

  private static String text(Node node) {
    var out =
        new StringBuilder(
            "(" + node.getType() + " " + node.getStartByte() + "-" + node.getEndByte());
    for (Node child : node.getChildren()) {
      out.append(' ').append(text(child));
    }
    return out.append(')').toString();
  }
}
