package dev.hexlens.elixir;

import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.parser.ElixirParser;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.Lowering;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.elixir.template.Template;
import dev.hexlens.elixir.template.WovenText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

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

  private final Lowering embedded = new Lowering();

  /**
   * Reads one source; what does not parse comes out as error nodes around the healthy rest.
   *
   * @throws dev.hexlens.elixir.parser.ParseTimeout when the parser gives up
   */
  public QuotedTree read(byte[] source) {
    return lowering.lower(parser.parse(source), source);
  }

  /**
   * Reads a source as what its name says it is: Elixir or a template.
   *
   * @throws dev.hexlens.elixir.parser.ParseTimeout when the parser gives up
   */
  public QuotedTree read(String path, byte[] source) {
    Template.Language language = Template.Language.of(path);
    return language == null ? read(source) : read(source, language);
  }

  /** The facts of a source as what its name says it is; of a template, of no module yet. */
  public Facts facts(String path, QuotedTree tree, byte[] source) {
    return Template.Language.of(path) == null
        ? facts(tree, source)
        : Facts.ofTemplate(tree, source);
  }

  /** Those facts that the names in a tree are of, templates inside of it left out. */
  public static Facts names(String path, QuotedTree tree, byte[] source) {
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
    return read(Template.weave(template, language), lowering);
  }

  private QuotedTree read(WovenText woven, Lowering into) {
    byte[] text = woven.bytes();
    QuotedTree tree = into.lower(parser.parse(text), text);
    tree.move(woven::start, woven::end);
    return tree;
  }

  /**
   * The facts of a source, those of the templates in it included.
   *
   * @param tree as {@link #read(byte[])} gave it, or a copy, or read back from its stored form
   */
  public Facts facts(QuotedTree tree, byte[] source) {
    Facts facts = Facts.of(tree, source);
    List<Template.Sigil> sigils = sigils(tree);
    if (sigils.isEmpty()) {
      return facts;
    }
    Facts inside = Facts.of(read(Template.weave(source, sigils), embedded), source);
    return facts.with(
        inside, offset -> sigils.stream().anyMatch(s -> s.start() <= offset && offset < s.end()));
  }

  private static List<Template.Sigil> sigils(QuotedTree tree) {
    List<Template.Sigil> sigils = new ArrayList<>();
    for (Map.Entry<String, Template.Language> each : SIGILS.entrySet()) {
      int name = tree.names().find(each.getKey().getBytes(StandardCharsets.US_ASCII));
      for (int node = 0; name >= 0 && node < tree.size(); node++) {
        if (tree.value(node) == name && tree.is(node, Form.CALL) && tree.childCount(node) == 2) {
          int text = node + 1;
          sigils.add(
              new Template.Sigil(
                  tree.start(node),
                  tree.end(node),
                  tree.start(text),
                  tree.end(text),
                  each.getValue()));
        }
      }
    }
    sigils.removeIf(sigil -> sigil.from() <= sigil.start()); // defines the sigil
    sigils.sort(Comparator.comparingInt(Template.Sigil::start));
    return sigils;
  }

  @Override
  public void close() {
    parser.close();
  }
}
