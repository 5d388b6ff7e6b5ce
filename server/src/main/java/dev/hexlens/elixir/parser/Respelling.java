package dev.hexlens.elixir.parser;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the grammar reads something else than Elixir does, the source is spelt in another way that
 * Elixir would read alike and the grammar reads right, and parsed again. Offsets of the new tree
 * are those of the original source, and all text is read from there, so nobody sees the spelling. A
 * character that was put in has no width.
 *
 * <p>Known of grammar 0.3.5, each with its remedy here:
 *
 * <ul>
 *   <li>{@code &(a).b |> c}: the capture ends at the parenthesis. Spelt with brackets.
 *   <li>{@code [&f/1 | rest]}: the capture goes beyond the operators that bind weaker. Put in
 *       parentheses.
 *   <li>{@code %{f a => b}}: the call takes the arrow. The key is put in parentheses.
 *   <li>{@code x} and on the next line {@code index -> y}: read as {@code x in dex}. Names that begin
 *       with an operator's letters begin with another one.
 *   <li>{@code n..-1}: the call {@code n(.. - 1)}. Spelt with another operator of the same
 *       precedence.
 *   <li>{@code "#{a; b}"}: only one expression in an interpolation. Put in parentheses.
 *   <li>{@code f.(a) do … end}: no block after an anonymous call. Given a name.
 *   <li>{@code a[b: 1]}: no keywords as a key. Put in brackets.
 *   <li>{@code ~S(\\)}: the second backslash escapes the delimiter. Spelt with letters.
 *   <li>identifiers of newer or rarer scripts, and NUL in comments. Spelt with letters.
 * </ul>
 */
final class Respelling {
  /** How far to look for the end of one construct; nobody writes longer ones. */
  private static final int REACH = 4096;

  /** What one respelling uncovers, the next round sees; real files need one. */
  static final int ROUNDS = 4;

  private byte[] source = new byte[0];
  private byte[] spelling = new byte[0];
  private int[] places = new int[8];
  private byte[] letters = new byte[8];
  private int count;
  private boolean respelt;
  private boolean changed;

  /** Starts with a source as it is. */
  void start(byte[] source) {
    this.source = source;
    spelling = source;
    count = 0;
    respelt = false;
  }

  /** Looks through a tree of this source; whether it is to be parsed again, from {@link #text}. */
  boolean revise(SyntaxTree tree) {
    changed = false;
    for (int node = 0; node < tree.size(); node++) {
      switch (tree.kind(node)) {
        case UNARY_OPERATOR -> {
          if (startsWith(tree, node, '&')) {
            capture(tree, node);
          }
        }
        case BINARY_OPERATOR -> word(tree, node);
        case MAP_CONTENT -> keys(tree, node);
        case OPERATOR_IDENTIFIER -> range(tree, node);
        case INTERPOLATION -> interpolation(tree, node);
        case SIGIL -> sigil(tree, node);
        case TOKEN -> {
          if (tree.hasErrors()) {
            access(tree, node);
          }
        }
        default -> {}
      }
    }
    if (tree.hasErrors() && !respelt) {
      respelt = true;
      letters();
      anonymousCalls();
      sigils();
    }
    return changed;
  }

  /** The source in its new spelling. */
  byte[] text() {
    byte[] text = new byte[spelling.length + count];
    int from = 0;
    for (int i = 0; i < count; i++) {
      System.arraycopy(spelling, from, text, from + i, places[i] - from);
      text[places[i] + i] = letters[i];
      from = places[i];
    }
    System.arraycopy(spelling, from, text, from + count, spelling.length - from);
    return text;
  }

  /** Whether characters were put in, so that offsets differ. */
  boolean shifts() {
    return count > 0;
  }

  /** Where in the source an offset of {@link #text} is. */
  int original(int offset) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places[middle] + middle < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return offset - low;
  }

  private void word(SyntaxTree tree, int node) {
    int operator = tree.next(node + 1);
    while (operator < tree.next(node) && tree.kind(operator) == NodeKind.COMMENT) {
      operator = tree.next(operator);
    }
    if (operator >= tree.next(node)) {
      return;
    }
    int start = tree.start(operator);
    int end = tree.end(operator);
    if (end > start
        && end < source.length
        && source[start] >= 'a'
        && source[start] <= 'z'
        && (isWordPart(source[end]) || source[end] == '?' || source[end] == '!')) {
      spell(start, '_');
    }
  }

  private void capture(SyntaxTree tree, int node) {
    int operand = tree.next(node + 1);
    if (operand >= tree.next(node)) {
      return;
    }
    int start = tree.start(operand);
    if (tree.kind(operand) == NodeKind.BINARY_OPERATOR) {
      int end = tree.end(operand);
      for (int at = operand; isWeak(tree, at); at = at + 1) {
        end = tree.end(at + 1);
      }
      if (end < tree.end(operand)) {
        insert(tree.start(node), '(');
        insert(end, ')');
      }
    } else if (tree.kind(operand) == NodeKind.TOKEN
        && tree.end(operand) > start
        && spelling[start] == '(') {
      int closing = tree.end(node) - 1;
      if (source[closing] == ')' && closing > start && goesOn(closing + 1)) {
        spell(start, '[');
        spell(closing, ']');
      }
    }
  }

  /** Whether a node is an operator that binds weaker than a capture and than an arrow. */
  private boolean isWeak(SyntaxTree tree, int node) {
    return tree.kind(node) == NodeKind.BINARY_OPERATOR
        && (isOperator(tree, node, "|")
            || isOperator(tree, node, "::")
            || isOperator(tree, node, "when")
            || isOperator(tree, node, "<-")
            || isOperator(tree, node, "\\\\"));
  }

  private boolean isOperator(SyntaxTree tree, int node, String operator) {
    int token = tree.next(node + 1);
    while (token < tree.next(node) && tree.kind(token) == NodeKind.COMMENT) {
      token = tree.next(token);
    }
    if (token >= tree.next(node) || tree.end(token) - tree.start(token) != operator.length()) {
      return false;
    }
    for (int i = 0; i < operator.length(); i++) {
      if (source[tree.start(token) + i] != operator.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean startsWith(SyntaxTree tree, int node, char letter) {
    int start = tree.start(node);
    return start < source.length && source[start] == letter;
  }

  private void keys(SyntaxTree tree, int content) {
    for (int item = content + 1; item < tree.next(content); item = tree.next(item)) {
      int key = item;
      if (isWeak(tree, item) && isOperator(tree, item, "|")) {
        key = lastChild(tree, item); // of an update
      }
      int arrow = key;
      while (arrow >= 0 && !isArrow(tree, arrow)) {
        arrow = arrowTaker(tree, arrow);
      }
      if (arrow > key && !isLeftOf(tree, key, arrow)) {
        insert(tree.start(key), '(');
        insert(tree.end(arrow + 1), ')');
      }
    }
  }

  private boolean isArrow(SyntaxTree tree, int node) {
    return tree.kind(node) == NodeKind.BINARY_OPERATOR && isOperator(tree, node, "=>");
  }

  /** Whether only weaker operators stand between: {@code k => a | b} needs no help. */
  private boolean isLeftOf(SyntaxTree tree, int key, int arrow) {
    int at = key;
    while (at < arrow && isWeak(tree, at)) {
      at++;
    }
    return at == arrow;
  }

  /** The part of an expression that may have taken {@code =>} from the map it stands in, or -1. */
  private int arrowTaker(SyntaxTree tree, int node) {
    switch (tree.kind(node)) {
      case BINARY_OPERATOR -> {
        int left = node + 1;
        return !isWeak(tree, node) ? -1 : isArrow(tree, left) ? left : lastChild(tree, node);
      }
      case UNARY_OPERATOR -> {
        return startsWith(tree, node, '&') || startsWith(tree, node, '@')
            ? lastChild(tree, node)
            : -1;
      }
      case CALL -> {
        int arguments = tree.next(node + 1);
        boolean bare =
            arguments < tree.next(node)
                && tree.kind(arguments) == NodeKind.ARGUMENTS
                && tree.next(arguments) > arguments + 1
                && !startsWith(tree, arguments, '(');
        return bare ? arguments + 1 : -1;
      }
      default -> {
        return -1;
      }
    }
  }

  private static int lastChild(SyntaxTree tree, int node) {
    int last = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      last = child;
    }
    return last;
  }

  /** Whether an operator or dot may follow here; in doubt it may, which costs only time. */
  private boolean goesOn(int end) {
    int at = end;
    while (at < source.length && source[at] <= ' ') {
      at++;
    }
    return at < source.length && ".[|<>=+-*/&^~!:aoinw".indexOf(source[at]) >= 0;
  }

  private void range(SyntaxTree tree, int node) {
    int start = tree.start(node);
    if (tree.end(node) - start != 2 || spelling[start] != '.') {
      return;
    }
    int above = node - 1;
    while (above >= 0
        && tree.kind(above) == NodeKind.BINARY_OPERATOR
        && tree.start(above) == start) {
      above--;
    }
    if (above >= 0
        && above < node - 1
        && tree.kind(above) == NodeKind.ARGUMENTS
        && tree.start(above) == start) {
      int sign = start + 2;
      while (sign < source.length && source[sign] == ' ') {
        sign++;
      }
      if (sign < source.length && (source[sign] == '-' || source[sign] == '+')) {
        spell(start, '<');
        spell(start + 1, '>');
      }
    }
  }

  private void interpolation(SyntaxTree tree, int node) {
    int from = tree.start(node) + 2;
    int to = tree.end(node) - 1;
    boolean several = false;
    for (int at = from; at < to; at++) {
      several |= source[at] == ';' || source[at] == '\n';
    }
    if (several && to > from && source[to] == '}' && isMisread(tree, node)) {
      insert(from, '(');
      insert(to, ')');
    }
  }

  /** Whether something in this interpolation is damaged, or a call that goes over a line's end. */
  private boolean isMisread(SyntaxTree tree, int node) {
    for (int at = node + 1; at < tree.next(node); at++) {
      if (tree.kind(at) == NodeKind.ERROR || tree.missing(at)) {
        return true;
      }
      if (tree.kind(at) == NodeKind.CALL) {
        int arguments = argumentsOf(tree, at);
        if (arguments >= 0 && contains('\n', tree.end(at + 1), tree.start(arguments))) {
          return true;
        }
      }
    }
    return false;
  }

  private static int argumentsOf(SyntaxTree tree, int call) {
    for (int child = call + 1; child < tree.next(call); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.ARGUMENTS) {
        return child;
      }
    }
    return -1;
  }

  private boolean contains(char letter, int from, int to) {
    for (int at = from; at < to; at++) {
      if (source[at] == letter) {
        return true;
      }
    }
    return false;
  }

  private void sigil(SyntaxTree tree, int node) {
    sigil(tree.start(node), tree.end(node));
  }

  /** All sigils, found by their spelling: one that is read wrong hides the next. */
  private void sigils() {
    for (int at = 0; at + 1 < source.length; at++) {
      if (source[at] == '~' && isUpper(source[at + 1])) {
        sigil(at, Math.min(source.length, at + REACH));
      }
    }
  }

  private static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  /** In a sigil without escapes, {@code \\} before the delimiter are two characters. */
  private void sigil(int start, int end) {
    int at = start + 1;
    if (at >= end || !isUpper(source[at])) {
      return;
    }
    while (at < end && isWordPart(source[at])) {
      at++;
    }
    if (at >= end) {
      return;
    }
    byte closing = closing(source[at]);
    for (int in = at + 1; in + 1 < end && source[in] != closing; in++) {
      if (source[in] == '\\') {
        if (source[in + 1] == '\\' && in + 2 < source.length && source[in + 2] == closing) {
          spell(in, 'a');
          spell(in + 1, 'a');
          return;
        }
        in++;
      }
    }
  }

  private static byte closing(byte opening) {
    return switch (opening) {
      case '(' -> ')';
      case '[' -> ']';
      case '{' -> '}';
      case '<' -> '>';
      default -> opening;
    };
  }

  /** {@code a[b: 1]}, in a tree with errors. */
  private void access(SyntaxTree tree, int node) {
    int start = tree.start(node);
    if (tree.end(node) - start != 1 || source[start] != '[' || start == 0) {
      return;
    }
    byte before = source[start - 1];
    if (!isWordPart(before) && ")]}?!\"".indexOf(before) < 0 || !startsKeywords(start + 1)) {
      return;
    }
    int depth = 1;
    for (int at = node + 1; at < tree.size() && tree.start(at) - start < REACH; at++) {
      if (tree.kind(at) == NodeKind.TOKEN && tree.end(at) - tree.start(at) == 1) {
        byte token = source[tree.start(at)];
        depth += token == '[' ? 1 : token == ']' ? -1 : 0;
        if (depth == 0) {
          insert(start + 1, '[');
          insert(tree.start(at), ']');
          return;
        }
      }
    }
  }

  private boolean startsKeywords(int from) {
    int at = from;
    while (at < source.length && source[at] <= ' ') {
      at++;
    }
    if (at < source.length && (source[at] == '"' || source[at] == '\'')) {
      byte quote = source[at++];
      while (at < source.length && source[at] != quote && at - from < REACH) {
        at += source[at] == '\\' ? 2 : 1;
      }
      at++;
    } else {
      int name = at;
      while (at < source.length && (isWordPart(source[at]) || "?!@".indexOf(source[at]) >= 0)) {
        at++;
      }
      if (at == name) {
        return false;
      }
    }
    return at + 1 < source.length && source[at] == ':' && source[at + 1] <= ' ';
  }

  /** Letters beyond ASCII, and NUL; a character literal keeps its one character. */
  private void letters() {
    String text = null;
    for (int at = 0; at < source.length; at++) {
      if (source[at] == 0) {
        spell(at, 'a');
      } else if (source[at] < 0) {
        int width = width(source[at]);
        if (at + width > source.length) {
          return;
        }
        text = new String(source, at, width, StandardCharsets.UTF_8);
        boolean literal = at > 0 && (source[at - 1] == '?' || source[at - 1] == '\\');
        if (!literal && Character.isUnicodeIdentifierPart(text.codePointAt(0))) {
          for (int i = at; i < at + width; i++) {
            spell(i, 'a');
          }
        }
        at += width - 1;
      }
    }
  }

  private static int width(byte first) {
    return (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : (first & 0xf8) == 0xf0 ? 4 : 1;
  }

  /** {@code f.(a) do}, found by its spelling: the tree of it is only errors. */
  private void anonymousCalls() {
    for (int at = 1; at + 1 < source.length; at++) {
      if (source[at] == '.'
          && source[at + 1] == '('
          && source[at - 1] != '.'
          && source[at - 1] != '?'
          && hasBlock(at + 1)) {
        insert(at + 1, 'x');
      }
    }
  }

  private boolean hasBlock(int opening) {
    int depth = 0;
    int limit = Math.min(source.length, opening + REACH);
    for (int at = opening; at < limit; at++) {
      depth += source[at] == '(' ? 1 : source[at] == ')' ? -1 : 0;
      if (depth == 0) {
        int word = at + 1;
        while (word < limit && source[word] == ' ') {
          word++;
        }
        return word + 2 < source.length
            && source[word] == 'd'
            && source[word + 1] == 'o'
            && !isWordPart(source[word + 2])
            && source[word + 2] != ':';
      }
    }
    return false;
  }

  private static boolean isWordPart(byte c) {
    return c < 0 || c == '_' || Character.isLetterOrDigit(c);
  }

  private void spell(int at, char letter) {
    if (spelling[at] == letter) {
      return;
    }
    if (spelling == source) {
      spelling = source.clone();
    }
    spelling[at] = (byte) letter;
    changed = true;
  }

  /** Puts a letter in front of the source's {@code place}, once. */
  private void insert(int place, char letter) {
    int index = count;
    while (index > 0 && places[index - 1] >= place) {
      index--; // mostly they come in order
    }
    for (int same = index; same < count && places[same] == place; same++) {
      if (letters[same] == letter) {
        return;
      }
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
      letters = Arrays.copyOf(letters, count * 2);
    }
    System.arraycopy(places, index, places, index + 1, count - index);
    System.arraycopy(letters, index, letters, index + 1, count - index);
    places[index] = place;
    letters[index] = (byte) letter;
    count++;
    changed = true;
  }
}
