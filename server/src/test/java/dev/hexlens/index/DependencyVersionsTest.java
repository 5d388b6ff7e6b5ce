package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.cli.CommandRun;
import dev.hexlens.fixtures.FixtureRelease.Requirement;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name comes from the highest indexed version of the dependency that the requirement admits. */
final class DependencyVersionsTest {
  private static final String PREFIX = "dependency_versions_test";

  /** Each exports a function that the others have not. */
  private static final HexTarball[] DEPENDENCY = {
    dependency("1.0.0", "one"), dependency("1.2.0", "two"), dependency("2.0.0", "three")
  };

  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.empty(PREFIX);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void ofTheVersionsInTheSameRun() throws Exception {
    try (LoopbackHex hex =
        LoopbackHex.of(
            DEPENDENCY[2],
            DEPENDENCY[0],
            DEPENDENCY[1],
            user("patch", "~> 1.0.0"),
            user("minor", "~> 1.0"),
            user("major", ">= 1.0.0"),
            user("none", "~> 7.0"))) {
      hex.indexAll(database);
    }
    assertThat(users("one")).containsExactly("patch");
    assertThat(users("two")).containsExactly("minor");
    assertThat(users("three"))
        .as("where none is admitted, the highest")
        .containsExactly("major", "none");
  }

  @Test
  void ofTheVersionsThatTheStoreHas() throws Exception {
    try (LoopbackHex hex = LoopbackHex.of(DEPENDENCY)) {
      hex.indexAll(database);
    }
    try (LoopbackHex hex =
        LoopbackHex.of(
            user("patch", "~> 1.0.0"), user("minor", "~> 1.0"), user("major", ">= 1.0.0"))) {
      hex.index(database);
    }
    assertThat(users("one")).containsExactly("patch");
    assertThat(users("two")).containsExactly("minor");
    assertThat(users("three")).containsExactly("major");
  }

  @Test
  void ofWhatADependencyDependsOnByTheRequirementOfTheOneInUse() throws Exception {
    HexTarball between = user("between", "~> 1.0.0");
    HexTarball indirect =
        HexTarball.of("indirect", "1.0.0")
            .file("lib/user.ex", USER)
            .requirements(List.of(new Requirement("between", "~> 1.0", false, "between")))
            .build();
    try (LoopbackHex hex =
        LoopbackHex.of(DEPENDENCY[0], DEPENDENCY[1], DEPENDENCY[2], between, indirect)) {
      hex.indexAll(database);
    }
    assertThat(users("one")).containsExactly("between", "indirect");
    assertThat(users("three")).isEmpty();
  }

  /** The packages in which the imported name was found to be the dependency's. */
  private static List<String> users(String function) {
    return CommandRun.hexlens("references", "Dep." + function + "/1", "--prefix", PREFIX)
        .answers()
        .stream()
        .map(line -> line.substring(0, line.indexOf('@')))
        .sorted()
        .toList();
  }

  private static final String USER =
      """
      defmodule User do
        import Dep
        def all(x), do: {one(x), two(x), three(x)}
      end
      """;

  private static HexTarball user(String name, String requirement) {
    return HexTarball.of(name, "1.0.0")
        .file("lib/user.ex", USER)
        .requirements(List.of(new Requirement("dep", requirement, false, "dep")))
        .build();
  }

  private static HexTarball dependency(String version, String function) {
    return HexTarball.of("dep", version)
        .file("lib/dep.ex", "defmodule Dep do\n  def %s(x), do: x\nend\n".formatted(function))
        .build();
  }
}
