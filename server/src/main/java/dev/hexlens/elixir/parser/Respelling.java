package dev.hexlens.elixir.parser;

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
 *   <li>{@code x} and on the next line {@code index -> y}: read as {@code x in dex}. Names that
 *       begin with an operator's letters begin with another one.
 *   <li>{@code f(x)} and on the next line {@code -1 -> y} or {@code (a) -> y}: read as {@code f(x)
 *       - 1}. Parted by a semicolon.
 *   <li>{@code n..-1}: the call {@code n(.. - 1)}. Spelt with another operator of the same
 *       precedence.
 *   <li>{@code "#{a; b}"}: only one expression in an interpolation. Put in parentheses.
 *   <li>{@code f.(a) do … end}: no block after an anonymous call. Given a name.
 *   <li>{@code x -> y;} before {@code end}: spelt with a line's end.
 *   <li>{@code a[b: 1]}: no keywords as a key. Put in brackets.
 *   <li>{@code ~S(\\)}: the second backslash escapes the delimiter. Spelt with letters.
 *   <li>identifiers of newer or rarer scripts, and NUL in comments. Spelt with letters.
 * </ul>
 */
final class Respelling {
  /** What one respelling uncovers, the next round sees; real files need one. */
  static final int ROUNDS = 4;

  private byte[] source = new byte[0];
  private final Spelling spelling = new Spelling();
  private TextRespelling text = new TextRespelling(source, spelling);
  private boolean respelt;

  /** Starts with a source as it is. */
  void start(byte[] source) {
    this.source = source;
    spelling.start(source);
    text = new TextRespelling(source, spelling);
    respelt = false;
  }

  /** The source as it is to be parsed. */
  Spelling spelling() {
    return spelling;
  }

  /** Looks through a tree of this source; whether it is to be parsed again. */
  boolean revise(SyntaxTree tree) {
    int edits = spelling.edits();
    for (int node = 0; node < tree.size(); node++) {
      switch (tree.kind(node)) {
        case UNARY_OPERATOR -> {
          if (startsWith(tree, node, '&')) {
            capture(tree, node);
          }
        }
        case BINARY_OPERATOR -> operator(tree, node);
        case CALL -> call(tree, node);
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
      text.letters();
      text.anonymousCalls();
      text.sigils();
      text.lastSemicolons();
    }
    return spelling.edits() > edits;
  }

  private void operator(SyntaxTree tree, int node) {
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
        && (TextRespelling.isWordPart(source[end]) || source[end] == '?' || source[end] == '!')) {
      spelling.spell(start, '_');
    } else if (end - start == 1
        && (source[start] == '-' || source[start] == '+')
        && breaksLine(tree.end(node + 1), start)) {
      spelling.insert(start, ';');
    }
  }

  private void call(SyntaxTree tree, int node) {
    int arguments = tree.next(node + 1);
    if (arguments < tree.next(node)
        && tree.kind(arguments) == NodeKind.ARGUMENTS
        && source[tree.end(node + 1) - 1] != '.'
        && breaksLine(tree.end(node + 1), tree.start(arguments))) {
      spelling.insert(tree.start(arguments), ';');
    }
  }

  private boolean breaksLine(int from, int to) {
    for (int at = from; at < to; at++) {
      if (source[at] == '\n') {
        int before = at > from && source[at - 1] == '\r' ? at - 2 : at - 1;
        return before < from || source[before] != '\\';
      }
    }
    return false;
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
        spelling.insert(tree.start(node), '(');
        spelling.insert(end, ')');
      }
    } else if (tree.kind(operand) == NodeKind.TOKEN
        && tree.end(operand) > start
        && spelling.at(start) == '(') {
      int closing = tree.end(node) - 1;
      if (source[closing] == ')' && closing > start && goesOn(closing + 1)) {
        spelling.spell(start, '[');
        spelling.spell(closing, ']');
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
        spelling.insert(tree.start(key), '(');
        spelling.insert(tree.end(arrow + 1), ')');
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
    return switch (tree.kind(node)) {
      case BINARY_OPERATOR -> {
        int left = node + 1;
        yield !isWeak(tree, node) ? -1 : isArrow(tree, left) ? left : lastChild(tree, node);
      }
      case UNARY_OPERATOR ->
          startsWith(tree, node, '&') || startsWith(tree, node, '@') ? lastChild(tree, node) : -1;
      case CALL -> {
        int arguments = argumentsOf(tree, node);
        boolean bare =
            arguments >= 0
                && tree.next(arguments) > arguments + 1
                && !startsWith(tree, arguments, '(');
        yield bare ? arguments + 1 : -1;
      }
      default -> -1;
    };
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
    if (tree.end(node) - start != 2 || spelling.at(start) != '.') {
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
        spelling.spell(start, '<');
        spelling.spell(start + 1, '>');
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
      spelling.insert(from, '(');
      spelling.insert(to, ')');
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
    text.sigil(tree.start(node), tree.end(node));
  }

  /** {@code a[b: 1]}, in a tree with errors. */
  private void access(SyntaxTree tree, int node) {
    int start = tree.start(node);
    if (tree.end(node) - start != 1 || source[start] != '[' || start == 0) {
      return;
    }
    byte before = source[start - 1];
    if ((!TextRespelling.isWordPart(before) && ")]}?!\"".indexOf(before) < 0)
        || !startsKeywords(start + 1)) {
      return;
    }
    int depth = 1;
    for (int at = node + 1;
        at < tree.size() && tree.start(at) - start < TextRespelling.REACH;
        at++) {
      if (tree.kind(at) == NodeKind.TOKEN && tree.end(at) - tree.start(at) == 1) {
        byte token = source[tree.start(at)];
        depth += token == '[' ? 1 : token == ']' ? -1 : 0;
        if (depth == 0) {
          spelling.insert(start + 1, '[');
          spelling.insert(tree.start(at), ']');
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
      while (at < source.length && source[at] != quote && at - from < TextRespelling.REACH) {
        at += source[at] == '\\' ? 2 : 1;
      }
      at++;
    } else {
      int name = at;
      while (at < source.length
          && (TextRespelling.isWordPart(source[at]) || "?!@".indexOf(source[at]) >= 0)) {
        at++;
      }
      if (at == name) {
        return false;
      }
    }
    return at + 1 < source.length && source[at] == ':' && source[at + 1] <= ' ';
  }
}
