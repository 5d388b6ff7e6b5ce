package dev.hexlens.elixir.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sources with their facts beside them, linked over the file and Elixir's own modules. {@code
 * -Dgolden.update=true} writes the snapshots anew; read the difference before committing it.
 */
class GoldenFactsTest {
  private static final Path FOLDER = Path.of("..", "test-fixtures", "golden", "facts");

  @TestFactory
  Stream<DynamicTest> factsStandAsReviewed() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      var sources = files.filter(file -> file.toString().endsWith(".ex")).sorted().toList();
      assertThat(sources).isNotEmpty();
      return sources.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
    }
  }

  private static void compare(Path file) throws IOException {
    Path golden = file.resolveSibling(file.getFileName() + ".snap");
    String snapshot = snapshot(Files.readAllBytes(file));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, snapshot);
    }
    assertThat(snapshot).isEqualTo(Files.readString(golden));
  }

  private static String snapshot(byte[] source) {
    try (ElixirReader reader = new ElixirReader()) {
      Facts facts = Facts.of(reader.read(source), source);
      SourceSet known = new SourceSet();
      known.add(facts.exports());
      Linker linker = new Linker(known.or(ElixirExports.instance()));
      return Snapshot.of(source, facts.definitions(), linker.link(facts));
    }
  }
}
