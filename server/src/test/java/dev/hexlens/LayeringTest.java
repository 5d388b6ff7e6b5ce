package dev.hexlens;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.github.treesitter.jtreesitter.InputEdit;
import io.github.treesitter.jtreesitter.Point;
import io.github.treesitter.jtreesitter.QueryCursor;
import io.github.treesitter.jtreesitter.Range;
import org.junit.jupiter.api.Test;

/**
 * Imports point down only: cli, lsp, web → workspace → index, search → store, hex, pattern →
 * elixir.
 */
class LayeringTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hexlens");

  @Test
  void importsPointDownOnly() {
    assertThat(CLASSES.contain(Main.class)).isTrue();
    layers().check(CLASSES);
  }

  /** jtreesitter binds a function at its first call, so not calling these is all it takes. */
  @Test
  void nobodyCallsWhatTreeSitter025Lacks() {
    ArchRuleDefinition.noClasses()
        .should()
        .callMethod(Point.class, "edit", InputEdit.class)
        .orShould()
        .callMethod(Range.class, "edit", InputEdit.class)
        .orShould()
        .callMethod(QueryCursor.class, "setContainingByteRange", int.class, int.class)
        .orShould()
        .callMethod(QueryCursor.class, "setContainingPointRange", Point.class, Point.class)
        .check(CLASSES);
  }

  @Test
  void aClassThatLooksUpwardIsFound() {
    JavaClasses upward =
        new ClassFileImporter().importPackages("dev.hexlens.elixir.fixture", "dev.hexlens.cli");
    assertThatThrownBy(() -> layers().check(upward)).hasMessageContaining("LooksUpward");
  }

  /** Each layer may use all those below it, never a neighbour. */
  private static LayeredArchitecture layers() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.hexlens..")
        .withOptionalLayers(true)
        .layer("main")
        .definedBy("dev.hexlens")
        .layer("cli")
        .definedBy("dev.hexlens.cli..")
        .layer("lsp")
        .definedBy("dev.hexlens.lsp..")
        .layer("web")
        .definedBy("dev.hexlens.web..")
        .layer("workspace")
        .definedBy("dev.hexlens.workspace..")
        .layer("index")
        .definedBy("dev.hexlens.index..")
        .layer("search")
        .definedBy("dev.hexlens.search..")
        .layer("store")
        .definedBy("dev.hexlens.store..")
        .layer("hex")
        .definedBy("dev.hexlens.hex..")
        .layer("pattern")
        .definedBy("dev.hexlens.pattern..")
        .layer("elixir")
        .definedBy("dev.hexlens.elixir..")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("lsp")
        .mayOnlyBeAccessedByLayers("main", "cli")
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("main", "cli")
        .whereLayer("workspace")
        .mayOnlyBeAccessedByLayers("cli", "lsp", "web")
        .whereLayer("index")
        .mayOnlyBeAccessedByLayers("cli", "lsp", "web", "workspace")
        .whereLayer("search")
        .mayOnlyBeAccessedByLayers("cli", "lsp", "web", "workspace")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("cli", "lsp", "web", "workspace", "index", "search")
        .whereLayer("hex")
        .mayOnlyBeAccessedByLayers("cli", "lsp", "web", "workspace", "index", "search")
        .whereLayer("pattern")
        .mayOnlyBeAccessedByLayers("cli", "lsp", "web", "workspace", "index", "search");
  }
}
