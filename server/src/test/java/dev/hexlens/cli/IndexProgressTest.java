package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.index.IndexEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What one sees while an index is filled. */
final class IndexProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void aTerminalHasABarWithTheCountsAndThePackageInWork() {
    run(true);

    assertThat(said())
        .contains("indexing", "3/3", "100%", "1 skipped, 1 failed", "building", "/s")
        .contains("\n1 notes on files and releases: --report FILE keeps them")
        .doesNotContain("lib/x.ex", "note    ");
  }

  @Test
  void whatIsNoTerminalHasALineForEach() {
    run(false);

    assertThat(said().lines())
        .containsExactly(
            "4 releases, 1 of them there already",
            "   1/3  indexed ace@1.0.0",
            "   2/3  skipped logo@1.0.0: no Elixir or Erlang sources",
            "note    bee@1.0.0: lib/x.ex has a NUL byte at offset 1",
            "failed  bee@1.0.0: gone",
            "building indexes");
  }

  private void run(boolean terminal) {
    try (IndexProgress progress = new IndexProgress(err, terminal)) {
      progress.accept(new IndexEvent.Planned(4, 1));
      progress.accept(new IndexEvent.Started("ace@1.0.0"));
      progress.accept(new IndexEvent.Extracted("ace@1.0.0", 3, 100));
      progress.accept(new IndexEvent.Stored("ace@1.0.0"));
      progress.accept(new IndexEvent.Skipped("logo@1.0.0", "no Elixir or Erlang sources"));
      progress.accept(
          new IndexEvent.FileProblem("bee@1.0.0", "lib/x.ex has a NUL byte at offset 1"));
      progress.accept(new IndexEvent.Failed("bee@1.0.0", "gone"));
      progress.accept(new IndexEvent.Stage("building indexes"));
    }
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
