package dev.hexlens.elixir;

import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.parser.ElixirParser;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.Grafting;
import dev.hexlens.elixir.syntax.Lowering;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.elixir.template.Template;
import dev.hexlens.elixir.template.WovenText;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads sources into Elixir's syntax tree, one after another, in buffers that are used again: what
 * {@link #read} returns is valid until the next call. For one thread at a time.
 */
public final class ElixirReader implements AutoCloseable {
  private static final Map<String, Template.Language> SIGILS =
      Map.of(
          "sigil_H", Template.Language.HEEX,
          "sigil_L", Template.Language.EEX,
          "sigil_E", Template.Language.EEX);

  private final ElixirParser parser;
  private final Lowering lowering = new Lowering();

  /** For what stands in templates in a source: the parser of the source may be keeping its tree. */
  private @Nullable ElixirParser inner;

  private final Lowering innerLowering = new Lowering();

  /** A reader of sources that have nothing to do with each other. */
  public ElixirReader() {
    this(new ElixirParser());
  }

  private ElixirReader(ElixirParser parser) {
    this.parser = parser;
  }

  /** A reader of one source that is edited again and again. */
  public static ElixirReader incremental() {
    return new ElixirReader(ElixirParser.incremental());
  }

  /**
   * Reads one source of Elixir exactly as Elixir does, where a template is a string; what does not
   * parse comes out as error nodes around the healthy rest.
   *
   * @throws dev.hexlens.elixir.parser.ParseTimeout when the parser gives up
   */
  public QuotedTree read(byte[] source) {
    return lowering.lower(parser.parse(source), source);
  }

  /**
   * Reads a source as what its name says it is: Elixir, with the Elixir in its templates below
   * their text, or a template.
   *
   * @throws dev.hexlens.elixir.parser.ParseTimeout when the parser gives up
   */
  public QuotedTree read(String path, byte[] source) {
    Template.Language language = Template.Language.of(path);
    return language == null ? withTemplates(read(source), source) : read(source, language);
  }

  /** The facts of a source as what its name says it is; of a template, of no module yet. */
  public static Facts facts(String path, QuotedTree tree, byte[] source) {
    return Template.Language.of(path) == null
        ? Facts.of(tree, source)
        : Facts.ofTemplate(tree, source);
  }

  /**
   * Reads a template: the Elixir in it as one program, at its places in the template. Valid until
   * the next call. Components are calls with one argument.
   *
   * @throws dev.hexlens.elixir.parser.ParseTimeout when the parser gives up
   */
  public QuotedTree read(byte[] template, Template.Language language) {
    return program(Template.weave(template, language), parser, lowering);
  }

  private static QuotedTree program(WovenText woven, ElixirParser parser, Lowering lowering) {
    byte[] text = woven.bytes();
    QuotedTree tree = lowering.lower(parser.parse(text), text);
    tree.move(woven::start, woven::end);
    return tree;
  }

  private QuotedTree withTemplates(QuotedTree tree, byte[] source) {
    BitSet sigils = sigils(tree, source);
    if (sigils.isEmpty()) {
      return tree;
    }
    Grafting grafting = new Grafting(tree);
    for (int sigil = sigils.nextSetBit(0); sigil >= 0; sigil = sigils.nextSetBit(sigil + 1)) {
      Template.Language language = SIGILS.get(tree.text(sigil));
      int content = sigil + 1;
      if (language != null) {
        WovenText woven = Template.weave(source, tree.start(content), tree.end(content), language);
        if (!woven.isEmpty()) {
          grafting.add(content + 1, program(woven, inner(), innerLowering));
        }
      }
    }
    return grafting.grown();
  }

  private ElixirParser inner() {
    ElixirParser made = inner;
    if (made == null) {
      made = new ElixirParser();
      inner = made;
    }
    return made;
  }

  /** The sigils that are templates; not the definitions of such sigils. */
  private static BitSet sigils(QuotedTree tree, byte[] source) {
    BitSet sigils = new BitSet();
    for (String each : SIGILS.keySet()) {
      int name = tree.names().find(each.getBytes(StandardCharsets.US_ASCII));
      for (int node = 0; name >= 0 && node < tree.size(); node++) {
        if (tree.value(node) == name
            && tree.is(node, Form.CALL)
            && tree.childCount(node) == 2
            && source[tree.start(node)] == '~'
            && tree.is(node + 1, Form.CALL, "<<>>")
            && tree.is(node + 2, Form.STRING)
            && tree.next(node + 1) == node + 3) {
          sigils.set(node);
        }
      }
    }
    return sigils;
  }

  @Override
  public void close() {
    parser.close();
    if (inner != null) {
      inner.close();
    }
  }
}
