package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;
import dev.hexlens.elixir.parser.SyntaxTree;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.HexFormat;

/** Lowers numbers, atoms, strings and everything else that stands between delimiters. */
final class Literals {
  private static final char MICRO_SIGN = '\u00b5';
  private static final char MU = '\u03bc';

  private final Tasks tasks;
  private final NamePool names;
  private final TextReader reader = new TextReader();
  private SyntaxTree tree;
  private byte[] source = new byte[0];

  @SuppressWarnings("NullAway.Init") // the tree comes with each file
  Literals(Tasks tasks, NamePool names) {
    this.tasks = tasks;
    this.names = names;
  }

  void start(SyntaxTree tree, byte[] source) {
    this.tree = tree;
    this.source = source;
  }

  private void open(Form form, int value, int start, int end) {
    tasks.add(Tasks.OPEN, form.ordinal(), value, start, end);
  }

  private void close() {
    tasks.add(Tasks.CLOSE, 0, 0, 0, 0);
  }

  private void leaf(Form form, int value, int start, int end) {
    tasks.add(Tasks.LEAF, form.ordinal(), value, start, end);
  }

  /** The name of an identifier or atom, in the normal form that Elixir's tokenizer gives it. */
  int name(int from, int to) {
    for (int at = from; at < to; at++) {
      if (source[at] < 0) {
        return names.intern(
            Normalizer.normalize(QuotedTree.slice(source, from, to), Normalizer.Form.NFC)
                .replace(MICRO_SIGN, MU));
      }
    }
    return names.intern(source, from, to);
  }

  void integer(int node, int start, int end) {
    String digits = QuotedTree.slice(source, tree.start(node), tree.end(node)).replace("_", "");
    int radix =
        digits.startsWith("0x")
            ? 16
            : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
    String value = new BigInteger(radix == 10 ? digits : digits.substring(2), radix).toString();
    leaf(Form.INTEGER, names.intern(value), start, end);
  }

  void floating(int node, int start, int end) {
    String digits = QuotedTree.slice(source, tree.start(node), tree.end(node)).replace("_", "");
    long bits = Double.doubleToRawLongBits(Double.parseDouble(digits));
    leaf(Form.FLOAT, names.intern(HexFormat.of().toHexDigits(bits)), start, end);
  }

  /** {@code ?a}, {@code ?\n}: the number of the character. */
  void character(int node, int start, int end) {
    int at = tree.start(node) + 1;
    String text = QuotedTree.slice(source, at, tree.end(node));
    int codePoint =
        text.length() > 1 && text.charAt(0) == '\\'
            ? escaped(text.codePointAt(1))
            : text.isEmpty() ? '?' : text.codePointAt(0);
    leaf(Form.INTEGER, names.intern(Integer.toString(codePoint)), start, end);
  }

  private static int escaped(int letter) {
    return letter < 0x80 ? TextReader.named((byte) letter) : letter;
  }

  void atom(int node, int start, int end) {
    leaf(Form.ATOM, name(tree.start(node) + 1, tree.end(node)), start, end);
  }

  /** {@code key: } with the blank after it, which the parser counts in. */
  void keyword(int node) {
    int from = tree.start(node);
    int to = tree.end(node);
    while (to > from && source[to - 1] != ':') {
      to--;
    }
    leaf(Form.ATOM, name(from, Math.max(from, to - 1)), from, Math.max(from, to - 1));
  }

  void quotedAtom(int node, int start, int end) {
    Content content = content(node, true);
    if (tree.kind(node) == NodeKind.QUOTED_KEYWORD) {
      end = content.closeEnd;
    }
    if (content.interpolations == 0) {
      reader.read(source, content.from, content.to, content.style.heredoc(), content.style);
      leaf(Form.ATOM, names.intern(reader.bytes(), 0, reader.length()), start, end);
      return;
    }
    open(Form.APPLY, -1, start, end);
    remote("erlang", "binary_to_atom", start);
    open(Form.CALL, names.intern("<<>>"), start, end);
    parts(node, content, true);
    close();
    leaf(Form.ATOM, names.intern("utf8"), start, start);
    close();
  }

  void string(int node, int start, int end) {
    Content content = content(node, true);
    if (content.interpolations == 0) {
      text(content.from, content.to, content.style.heredoc(), content.style, start, end);
      return;
    }
    open(Form.CALL, names.intern("<<>>"), start, end);
    parts(node, content, true);
    close();
  }

  void charlist(int node, int start, int end) {
    Content content = content(node, true);
    if (content.interpolations == 0) {
      reader.read(source, content.from, content.to, content.style.heredoc(), content.style);
      characters(reader.text(), start, end, start);
      return;
    }
    open(Form.APPLY, -1, start, end);
    remote("Elixir.List", "to_charlist", start);
    open(Form.LIST, -1, start, end);
    parts(node, content, false);
    close();
    close();
  }

  void sigil(int node, int start, int end) {
    Content content = content(node, false);
    String letters = "";
    String modifiers = "";
    int modifiersAt = end;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.SIGIL_NAME) {
        letters = QuotedTree.slice(source, tree.start(child), tree.end(child));
      } else if (tree.kind(child) == NodeKind.SIGIL_MODIFIERS) {
        modifiers = QuotedTree.slice(source, tree.start(child), tree.end(child));
        modifiersAt = tree.start(child);
      }
    }
    open(Form.CALL, names.intern("sigil_" + letters), start, end);
    open(Form.CALL, names.intern("<<>>"), content.from, content.to);
    if (content.interpolations == 0) {
      text(
          content.from,
          content.to,
          content.style.heredoc(),
          content.style,
          content.from,
          content.to);
    } else {
      parts(node, content, true);
    }
    close();
    characters(modifiers, modifiersAt, end, modifiersAt);
    close();
  }

  /** A charlist as the list of numbers that it is; they stand nowhere themselves. */
  private void characters(String text, int start, int end, int at) {
    open(Form.LIST, -1, start, end);
    text.codePoints().forEach(c -> leaf(Form.INTEGER, names.intern(Integer.toString(c)), at, at));
    close();
  }

  private void remote(String module, String function, int at) {
    open(Form.CALL, names.intern("."), at, at);
    leaf(Form.ATOM, names.intern(module), at, at);
    leaf(Form.ATOM, names.intern(function), at, at);
    close();
  }

  private void text(
      int from, int to, boolean atLineStart, TextReader.Style style, int start, int end) {
    reader.read(source, from, to, atLineStart, style);
    if (reader.isUtf8()) {
      leaf(Form.STRING, names.intern(reader.bytes(), 0, reader.length()), start, end);
    } else {
      leaf(Form.BYTES, names.intern(reader.bytes(), 0, reader.length()), start, end);
    }
  }

  /**
   * The pieces of a text with interpolations.
   *
   * @param asBinary whether each interpolation is marked as a segment of a binary; in charlists it
   *     is not
   */
  private void parts(int node, Content content, boolean asBinary) {
    int from = content.from;
    boolean first = content.style.heredoc();
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.INTERPOLATION) {
        if (tree.start(child) > from || first) {
          text(from, tree.start(child), first, content.style, from, tree.start(child));
        }
        first = false;
        interpolation(child, asBinary);
        from = tree.end(child);
      }
    }
    if (from < content.to) {
      text(from, content.to, false, content.style, from, content.to);
    }
  }

  private void interpolation(int node, boolean asBinary) {
    int start = tree.start(node);
    int end = tree.end(node);
    if (asBinary) {
      open(Form.CALL, names.intern("::"), start, end);
    }
    open(Form.APPLY, -1, start, end);
    remote("Elixir.Kernel", "to_string", start);
    tasks.add(Tasks.EXPRESSION, node, start, end, 0);
    close();
    if (asBinary) {
      leaf(Form.VARIABLE, names.intern("binary"), start, start);
      close();
    }
  }

  /** What is inside one {@code #{}}. */
  void interpolated(int node) {
    int inner = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) != NodeKind.TOKEN && tree.kind(child) != NodeKind.COMMENT) {
        inner = inner < 0 ? child : inner;
      }
    }
    if (inner < 0) {
      leaf(Form.CALL, names.intern("__block__"), tree.start(node), tree.start(node));
    } else {
      tasks.add(Tasks.EXPRESSION, inner, tree.start(inner), tree.end(inner), 0);
    }
  }

  /**
   * What stands between the delimiters.
   *
   * @param from the first byte of the text; of a heredoc, of its first line
   * @param to the byte after the text; of a heredoc, the blanks before its delimiter are left out
   * @param closeEnd the byte after the closing delimiter
   */
  private record Content(
      int from, int to, int closeEnd, int interpolations, TextReader.Style style) {}

  private Content content(int node, boolean unescape) {
    int opening = -1;
    int closing = -1;
    int interpolations = 0;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.INTERPOLATION) {
        interpolations++;
      } else if (tree.kind(child) == NodeKind.TOKEN && isDelimiter(child)) {
        if (opening < 0) {
          opening = child;
        } else {
          closing = closing < 0 ? child : closing;
        }
      }
    }
    if (opening < 0) {
      int at = tree.start(node);
      return new Content(
          at,
          tree.end(node),
          tree.end(node),
          interpolations,
          new TextReader.Style((byte) 0, false, 0, unescape));
    }
    int from = tree.end(opening);
    int to = closing < 0 ? tree.end(node) : tree.start(closing);
    boolean heredoc = tree.end(opening) - tree.start(opening) == 3;
    byte terminator = closing < 0 ? source[tree.start(opening)] : source[tree.start(closing)];
    int closeEnd = closing < 0 ? tree.end(node) : tree.end(closing);
    if (!heredoc) {
      return new Content(
          from, to, closeEnd, interpolations, new TextReader.Style(terminator, false, 0, unescape));
    }
    while (from < to && source[from] != '\n') {
      from++;
    }
    from = Math.min(to, from + 1);
    int indent = 0;
    while (to > from && (source[to - 1] == ' ' || source[to - 1] == '\t')) {
      to--;
      indent++;
    }
    return new Content(
        from,
        to,
        closeEnd,
        interpolations,
        new TextReader.Style(terminator, true, indent, unescape));
  }

  /**
   * Whether a token is a delimiter: neither the {@code ~} of a sigil nor the {@code :} of an atom
   * or keyword.
   */
  private boolean isDelimiter(int token) {
    if (tree.end(token) == tree.start(token)) {
      return false;
    }
    byte first = source[tree.start(token)];
    return first != '~' && first != ':';
  }
}
