package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of packages, of which grep looks into some. */
final class GrepPackagesTest {
  @TempDir Path packages;

  @BeforeEach
  void write() throws IOException {
    for (String folder : new String[] {"plug-1.15.0", "plug-1.16.0-rc.1", "plug_cowboy-2.7.0"}) {
      source(folder, "f(:" + folder.replaceAll("\\W", "_") + ")\n");
    }
    source("jason", "f(:jason)\n"); // as Mix has it
  }

  private void source(String folder, String text) throws IOException {
    Path lib = Files.createDirectories(packages.resolve(folder).resolve("lib"));
    Files.writeString(lib.resolve("a.ex"), text);
  }

  private CommandRun grep(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "grep";
    arguments[1] = "f(_)";
    arguments[2] = packages.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return CommandRun.hexlens(arguments);
  }

  @Test
  void aPackageIsItsFoldersWithAndWithoutVersion() {
    assertThat(grep().answers()).hasSize(4);
    assertThat(grep("--package", "plug").answers())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("f(:plug_1_15_0)"))
        .anyMatch(line -> line.endsWith("f(:plug_1_16_0_rc_1)"));
    assertThat(grep("--package", "jason").answers())
        .hasSize(1)
        .allMatch(line -> line.endsWith("f(:jason)"));
  }

  @Test
  void aVersionNarrowsAndAnotherPackageWidens() {
    assertThat(grep("--package", "plug@1.16.0-rc.1").answers())
        .hasSize(1)
        .allMatch(line -> line.endsWith("f(:plug_1_16_0_rc_1)"));
    assertThat(grep("--package", "plug@1.15.0", "--package", "jason").answers()).hasSize(2);
  }

  /** What a name means does not depend on which packages are looked into. */
  @Test
  void packagesThatAreLeftOutStillSayWhatTheyExport() throws IOException {
    source("maker-1.0.0", "defmodule Maker do\n  def make(x), do: x\nend\n");
    source("user-1.0.0", "defmodule User do\n  import Maker\n  def a, do: make(1)\nend\n");

    CommandRun run =
        CommandRun.hexlens(
            "grep", "Maker.make(_)", packages.toString(), "--package", "user", "--json");

    assertThat(run.answers()).hasSize(1).allMatch(line -> line.contains("make(1)"));
  }

  @Test
  void aPackageThatIsNotThereIsNamed() {
    CommandRun none = grep("--package", "plu");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo(
            "hexlens: --package: there is no folder plu or plu-VERSION in %s%n"
                .formatted(packages));
    assertThat(grep("--package", "plug@1.0.0").err()).contains("no folder plug-1.0.0 in ");
  }
}
