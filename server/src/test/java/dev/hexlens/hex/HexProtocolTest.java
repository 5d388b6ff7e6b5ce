package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every registry, tarball and server that a Hex client can meet, and what becomes of it: read from
 * /versions to the files over HTTP, one line of outcome each. {@code …} stands for any text.
 */
class HexProtocolTest {
  static final String HAPPY = "fix 1.0.0: lib/fix.ex";

  @TempDir static Path folder;

  interface Setting {
    void prepare(HexWorld world) throws Exception;
  }

  record Case(String name, Setting setting, String outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource({
    "dev.hexlens.hex.RegistryCases#rows",
    "dev.hexlens.hex.TarballCases#rows",
    "dev.hexlens.hex.EntryCases#rows",
    "dev.hexlens.hex.ServerCases#rows"
  })
  void outcome(Case row) throws Exception {
    try (HexWorld world = new HexWorld(folder)) {
      row.setting.prepare(world);
      assertThat(world.outcome()).matches(pattern(row.outcome));
    }
  }

  private static Pattern pattern(String outcome) {
    return Pattern.compile(
        Arrays.stream(outcome.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  static Case row(String name, Setting setting, String outcome) {
    return new Case(name, setting, outcome);
  }
}
