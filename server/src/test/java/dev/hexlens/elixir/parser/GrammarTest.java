package dev.hexlens.elixir.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.treesitter.jtreesitter.Language;
import java.util.EnumSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GrammarTest {

  @Test
  void theGrammarAndNodeKindNameTheSameNodeTypes() {
    var language = Language.load(NativeLibraries.active().symbols(), "tree_sitter_elixir");
    var unknown = new TreeSet<String>();
    var known = EnumSet.of(NodeKind.TOKEN, NodeKind.ERROR);
    for (short symbol = 0; symbol < language.getSymbolCount(); symbol++) {
      if (language.isNamed(symbol) && language.isVisible(symbol)) {
        String name = String.valueOf(language.getSymbolName(symbol));
        NodeKind kind = NodeKind.named(name);
        if (kind == null) {
          unknown.add(name);
        } else {
          known.add(kind);
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(known).containsExactlyInAnyOrder(NodeKind.values());
  }
}
