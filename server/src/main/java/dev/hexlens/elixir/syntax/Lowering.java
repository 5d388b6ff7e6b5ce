package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;
import dev.hexlens.elixir.parser.SyntaxTree;
import java.util.Arrays;

/**
 * Turns the parser's concrete tree into Elixir's own syntax tree, as {@code elixir_parser.yrl}
 * builds it. It never fails: what the parser could not read becomes {@link Form#ERROR} around the
 * healthy pieces in it. It does not recurse, so that no nesting exhausts the stack, and takes time
 * linear in the source.
 *
 * <p>One object serves one thread, one file after another; the tree it returns is valid until the
 * next.
 */
public final class Lowering {
  /** Of {@code in} after {@code in}; nobody writes two. */
  private static final int LONGEST_CHAIN = 8;

  private final QuotedBuilder builder = new QuotedBuilder();
  private final NamePool names = builder.names;
  private final Tasks tasks = new Tasks();
  private final Literals literals = new Literals(tasks, names);
  private int[] kids = new int[64];
  private int kidCount;
  private SyntaxTree tree;
  private byte[] source = new byte[0];

  @SuppressWarnings("NullAway.Init") // the tree comes with each file
  public Lowering() {}

  /**
   * Lowers a whole file.
   *
   * @param tree the parser's tree of exactly this source
   */
  public QuotedTree lower(SyntaxTree tree, byte[] source) {
    this.tree = tree;
    this.source = source;
    builder.clear();
    literals.start(tree, source);
    tasks.mark();
    if (tree.kind(0) == NodeKind.SOURCE) {
      block(1, tree.next(0), 0);
    } else {
      expression(0);
    }
    tasks.commit();
    run();
    return builder.tree(comments(), tree.hasErrors());
  }

  private int[] comments() {
    int[] comments = new int[16];
    int count = 0;
    for (int node = 0; node < tree.size(); node++) {
      if (tree.kind(node) == NodeKind.COMMENT) {
        if (count == comments.length) {
          comments = Arrays.copyOf(comments, count * 2);
        }
        comments[count++] = tree.start(node);
        comments[count++] = tree.end(node);
      }
    }
    return Arrays.copyOf(comments, count);
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.pop();
      int a = tasks.a();
      int b = tasks.b();
      int c = tasks.c();
      int d = tasks.d();
      switch (tasks.code()) {
        case Tasks.EXPRESSION -> {
          tasks.mark();
          lower(a, b, c);
          tasks.commit();
        }
        case Tasks.ASSOCIATED -> {
          tasks.mark();
          associated(a);
          tasks.commit();
        }
        case Tasks.AFFIRMED -> {
          tasks.mark();
          affirmed(a);
          tasks.commit();
        }
        case Tasks.OPEN -> builder.open(Form.of(a), b, c, d);
        case Tasks.LEAF -> builder.leaf(Form.of(a), b, c, d);
        default -> builder.close();
      }
    }
  }

  // What is to be done, in order.

  private void open(Form form, int value, int start, int end) {
    tasks.add(Tasks.OPEN, form.ordinal(), value, start, end);
  }

  private void openCall(String name, int start, int end) {
    open(Form.CALL, names.intern(name), start, end);
  }

  private void close() {
    tasks.add(Tasks.CLOSE, 0, 0, 0, 0);
  }

  private void leaf(Form form, int value, int start, int end) {
    tasks.add(Tasks.LEAF, form.ordinal(), value, start, end);
  }

  private void expression(int node) {
    if (node < 0) {
      leaf(Form.ERROR, -1, 0, 0); // error recovery left this place empty
    } else {
      expression(node, tree.start(node), tree.end(node));
    }
  }

  private void expression(int node, int start, int end) {
    tasks.add(Tasks.EXPRESSION, node, start, end, 0);
  }

  // One node of each kind.

  private void lower(int node, int start, int end) {
    switch (tree.kind(node)) {
      case IDENTIFIER -> identifier(node, start, end);
      case ALIAS -> {
        openCall("__aliases__", start, end);
        aliasSegments(node);
        close();
      }
      case INTEGER -> literals.integer(node, start, end);
      case FLOAT -> literals.floating(node, start, end);
      case CHAR -> literals.character(node, start, end);
      case BOOLEAN, NIL ->
          leaf(Form.ATOM, names.intern(source, tree.start(node), tree.end(node)), start, end);
      case ATOM -> literals.atom(node, start, end);
      case QUOTED_ATOM, QUOTED_KEYWORD -> literals.quotedAtom(node, start, end);
      case KEYWORD -> literals.keyword(node);
      case STRING -> literals.string(node, start, end);
      case CHARLIST -> literals.charlist(node, start, end);
      case SIGIL -> literals.sigil(node, start, end);
      case LIST -> list(node, start, end);
      case TUPLE -> tuple(node, start, end);
      case BITSTRING -> {
        openCall("<<>>", start, end);
        items(node, false);
        close();
      }
      case MAP -> map(node, start, end);
      case STRUCT -> expression(operand(node, 0), start, end);
      case KEYWORDS -> keywords(node);
      case PAIR -> pair(node);
      case UNARY_OPERATOR -> unary(node, start, end);
      case BINARY_OPERATOR -> binary(node, start, end);
      case OPERATOR_IDENTIFIER -> operatorIdentifier(node, start, end);
      case DOT -> dot(node, start, end);
      case CALL -> call(node, start, end);
      case ACCESS_CALL -> access(node, start, end);
      case ANONYMOUS_FUNCTION -> {
        openCall("fn", start, end);
        clauses(node);
        close();
      }
      case STAB_CLAUSE -> clause(node, start, end);
      case BLOCK -> parenthesised(node, start, end);
      case BODY -> block(node + 1, tree.next(node), start);
      case INTERPOLATION -> literals.interpolated(node);
      default -> damaged(node, start, end);
    }
  }

  /** What the parser could not read, or a node that lacks a part: the pieces that are sound. */
  private void damaged(int node, int start, int end) {
    open(Form.ERROR, -1, start, end);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isExpression(child)) {
        expression(child);
      }
    }
    close();
  }

  private void identifier(int node, int start, int end) {
    int name = literals.name(tree.start(node), tree.end(node));
    if (isText(node, "...")) {
      leaf(Form.CALL, name, start, end);
    } else {
      leaf(Form.VARIABLE, name, start, end);
    }
  }

  private void operatorIdentifier(int node, int start, int end) {
    boolean nullary = isText(node, "..") && !isArityNext(tree.end(node));
    int name = names.intern(operator(node));
    leaf(nullary ? Form.CALL : Form.VARIABLE, name, start, end);
  }

  /** Whether {@code /} follows, which makes a name of any operator. */
  private boolean isArityNext(int end) {
    int at = end;
    while (at < source.length && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    return at < source.length
        && source[at] == '/'
        && (at + 1 == source.length || source[at + 1] != '/');
  }

  /**
   * The parts of {@code Foo.Bar}, each an atom with its own range; the parser has them as one
   * token.
   */
  private void aliasSegments(int node) {
    int at = tree.start(node);
    int end = tree.end(node);
    while (at < end) {
      int from = at;
      while (at < end && (Character.isLetterOrDigit(source[at]) || source[at] == '_')) {
        at++;
      }
      if (at > from) {
        leaf(Form.ATOM, names.intern(source, from, at), from, at);
      } else {
        at++;
      }
    }
  }

  private void list(int node, int start, int end) {
    if (startsWithParenthesis(node)) {
      parenthesised(node, start, end); // spelt with brackets for the parser
      return;
    }
    open(Form.LIST, -1, start, end);
    items(node, true);
    close();
  }

  private void tuple(int node, int start, int end) {
    if (operandCount(node) == 2) {
      open(Form.TUPLE, -1, start, end);
    } else {
      openCall("{}", start, end);
    }
    items(node, false);
    close();
  }

  /**
   * The elements of a container; keywords at its end are elements of a list, one element of
   * anything else.
   */
  private void items(int node, boolean spliceKeywords) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (spliceKeywords && tree.kind(child) == NodeKind.KEYWORDS) {
        pairs(child);
      } else if (isExpression(child)) {
        expression(child);
      }
    }
  }

  private void keywords(int node) {
    open(Form.LIST, -1, tree.start(node), keywordsEnd(node));
    pairs(node);
    close();
  }

  /** Where the last pair ends: the parser counts a trailing comma in. */
  private int keywordsEnd(int node) {
    int end = tree.start(node);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isExpression(child)) {
        end = tree.end(child);
      }
    }
    return end;
  }

  private void pairs(int keywords) {
    for (int child = keywords + 1; child < tree.next(keywords); child = tree.next(child)) {
      if (isExpression(child)) {
        expression(child);
      }
    }
  }

  private void pair(int node) {
    operands(node);
    if (kidCount < 2) {
      damaged(node, tree.start(node), tree.end(node));
      return;
    }
    open(Form.PAIR, -1, tree.start(node), tree.end(node));
    int value = kids[1];
    expression(kids[0]);
    expression(value);
    close();
  }

  // Maps and structs.

  private void map(int node, int start, int end) {
    int struct = -1;
    int content = -1;
    int brace = start;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      switch (tree.kind(child)) {
        case STRUCT -> struct = child;
        case MAP_CONTENT -> content = child;
        case TOKEN -> {
          if (tree.end(child) > tree.start(child) && source[tree.start(child)] == '{') {
            brace = tree.start(child);
          }
        }
        default -> {}
      }
    }
    if (struct >= 0) {
      openCall("%", start, end);
      expression(operand(struct, 0), tree.start(struct), tree.end(struct));
      openCall("%{}", brace, end);
    } else {
      openCall("%{}", start, end);
    }
    if (content >= 0) {
      mapContent(content);
    }
    close();
    if (struct >= 0) {
      close();
    }
  }

  private void mapContent(int content) {
    operands(content);
    int first = kidCount > 0 ? kids[0] : -1;
    boolean update = first >= 0 && isBinary(first, "|") && association(first) < 0;
    if (!update) {
      for (int child = content + 1; child < tree.next(content); child = tree.next(child)) {
        mapItem(child);
      }
      return;
    }
    int updated = operand(first, 0);
    int change = operand(first, 1);
    if (updated < 0 || change < 0) {
      damaged(content, tree.start(content), tree.end(content));
      return;
    }
    openCall("|", tree.start(first), keywordsEnd(content));
    expression(updated);
    open(Form.LIST, -1, tree.start(change), keywordsEnd(content));
    mapItem(change);
    for (int child = tree.next(first); child < tree.next(content); child = tree.next(child)) {
      mapItem(child);
    }
    close();
    close();
  }

  private void mapItem(int node) {
    if (tree.kind(node) == NodeKind.KEYWORDS) {
      pairs(node);
    } else if (isExpression(node)) {
      int arrow = association(node);
      if (arrow < 0) {
        expression(node);
        return;
      }
      int key = operand(arrow, 0);
      open(Form.PAIR, -1, tree.start(node), tree.end(node));
      expression(key);
      tasks.add(Tasks.ASSOCIATED, node, 0, 0, 0);
      close();
    }
  }

  /**
   * The {@code =>} that makes this map item a pair, or -1. The parser lets {@code =>} bind tighter
   * than {@code |}, {@code ::} and {@code when}, as Elixir's table of precedences says; but
   * Elixir's grammar allows it in maps only, so there everything after it is the value: {@code %{k
   * => a | b}}.
   */
  private int association(int node) {
    int at = node;
    while (tree.kind(at) == NodeKind.BINARY_OPERATOR) {
      int operator = operatorOf(at);
      if (operator < 0) {
        return -1;
      }
      if (isText(operator, "=>")) {
        return operand(at, 1) < 0 ? -1 : at;
      }
      if (!isWeakerThanAssociation(operator)) {
        return -1;
      }
      at = at + 1;
    }
    return -1;
  }

  private boolean isWeakerThanAssociation(int operator) {
    return isText(operator, "|")
        || isText(operator, "::")
        || isText(operator, "when")
        || isText(operator, "<-")
        || isText(operator, "\\\\");
  }

  private void associated(int node) {
    int operator = operatorOf(node);
    if (isText(operator, "=>")) {
      expression(operand(node, 1));
      return;
    }
    int valueStart = tree.start(operand(association(node), 1));
    openCall(operator(operator), valueStart, tree.end(node));
    tasks.add(Tasks.ASSOCIATED, operand(node, 0), 0, 0, 0);
    expression(operand(node, 1));
    close();
  }

  // Operators.

  private void unary(int node, int start, int end) {
    int operator = operatorOf(node);
    int operand = operand(node, 0);
    if (operator < 0 || operand < 0) {
      damaged(node, start, end);
      return;
    }
    openCall(operator(operator), start, end);
    int before = previousToken(node, operand);
    boolean inParentheses = before > operator && isText(before, "(");
    expression(
        operand,
        inParentheses ? tree.start(before) : tree.start(operand),
        inParentheses ? end : tree.end(operand));
    close();
  }

  private int previousToken(int node, int child) {
    int previous = -1;
    for (int at = node + 1; at < child; at = tree.next(at)) {
      if (tree.kind(at) == NodeKind.TOKEN) {
        previous = at;
      }
    }
    return previous;
  }

  private void binary(int node, int start, int end) {
    int operator = operatorOf(node);
    operands(node);
    if (operator < 0 || kidCount != 2) {
      damaged(node, start, end);
      return;
    }
    int left = kids[0];
    int right = kids[1];
    String name = operator(operator);
    switch (name) {
      case "not in" -> {
        openCall("not", start, end);
        simpleBinary("in", left, right, start, end);
        close();
      }
      case "in" -> {
        String negation = negation(left);
        if (negation.isEmpty()) {
          simpleBinary(name, left, right, start, end);
        } else {
          openCall(negation, start, end);
          openCall("in", start, end);
          tasks.add(Tasks.AFFIRMED, left, 0, 0, 0);
          expression(right);
          close();
          close();
        }
      }
      case "//" -> {
        if (isBinary(left, "..")) {
          openCall("..//", start, end);
          expression(operand(left, 0));
          expression(operand(left, 1));
          expression(right);
          close();
        } else {
          simpleBinary(name, left, right, start, end);
        }
      }
      case "=>" -> {
        open(Form.PAIR, -1, start, end);
        expression(left);
        expression(right);
        close();
      }
      default -> simpleBinary(name, left, right, start, end);
    }
  }

  private void simpleBinary(String name, int left, int right, int start, int end) {
    openCall(name, start, end);
    if (tree.kind(left) == NodeKind.ARGUMENTS) {
      items(left, false);
    } else {
      expression(left);
    }
    expression(right);
    close();
  }

  /**
   * {@code not a in b} and {@code !a in b} mean {@code not(a in b)}, and so does {@code in} after
   * {@code not in}; parentheses around the left side prevent it.
   */
  private String negation(int left) {
    int at = left;
    for (int depth = 0; depth < LONGEST_CHAIN && at >= 0; depth++) {
      if (tree.kind(at) == NodeKind.UNARY_OPERATOR) {
        int operator = operatorOf(at);
        return isText(operator, "not") ? "not" : isText(operator, "!") ? "!" : "";
      }
      if (tree.kind(at) != NodeKind.BINARY_OPERATOR || operatorOf(at) < 0) {
        return "";
      }
      String operator = operator(operatorOf(at));
      if (operator.equals("not in")) {
        return "not";
      }
      if (!operator.equals("in")) {
        return "";
      }
      at = operand(at, 0);
    }
    return "";
  }

  /** The left side of {@code in} without the negation that was taken in front of it. */
  private void affirmed(int node) {
    if (tree.kind(node) == NodeKind.UNARY_OPERATOR) {
      expression(operand(node, 0));
      return;
    }
    openCall("in", tree.start(node), tree.end(node));
    int left = operand(node, 0);
    if (operator(operatorOf(node)).equals("in")) {
      tasks.add(Tasks.AFFIRMED, left, 0, 0, 0);
    } else {
      expression(left);
    }
    expression(operand(node, 1));
    close();
  }

  // Calls.

  private void dot(int node, int start, int end) {
    operands(node);
    if (kidCount != 2) {
      damaged(node, start, end);
      return;
    }
    int left = kids[0];
    int right = kids[1];
    if (tree.kind(right) == NodeKind.TUPLE) {
      open(Form.APPLY, -1, start, end);
      openCall(".", start, tree.end(right));
      expression(left);
      leaf(Form.ATOM, names.intern("{}"), tree.start(right), tree.start(right));
      close();
      items(right, false);
      close();
    } else if (tree.kind(right) == NodeKind.ALIAS) {
      openCall("__aliases__", start, end);
      dottedAlias(left, right);
      close();
    } else {
      remoteDot(node, start, end);
    }
  }

  /** {@code __MODULE__.A}: an alias in front gives its segments, anything else is the first one. */
  private void dottedAlias(int left, int right) {
    int[] segments = new int[] {right};
    int at = left;
    while (tree.kind(at) == NodeKind.DOT && tree.kind(operand(at, 1)) == NodeKind.ALIAS) {
      segments = Arrays.copyOf(segments, segments.length + 1);
      segments[segments.length - 1] = operand(at, 1);
      at = operand(at, 0);
    }
    if (tree.kind(at) == NodeKind.ALIAS) {
      aliasSegments(at);
    } else {
      expression(at);
    }
    for (int i = segments.length - 1; i >= 0; i--) {
      aliasSegments(segments[i]);
    }
  }

  private void call(int node, int start, int end) {
    int target = -1;
    int arguments = -1;
    int doBlock = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      switch (tree.kind(child)) {
        case ARGUMENTS -> arguments = child;
        case DO_BLOCK -> doBlock = child;
        case TOKEN, COMMENT -> {}
        default -> target = target < 0 ? child : target;
      }
    }
    if (target < 0) {
      damaged(node, start, end);
      return;
    }
    openTarget(target, start, end);
    if (arguments >= 0) {
      items(arguments, false);
    }
    if (doBlock >= 0) {
      doBlock(doBlock);
    }
    close();
  }

  private void openTarget(int target, int start, int end) {
    switch (tree.kind(target)) {
      case IDENTIFIER ->
          open(Form.CALL, literals.name(tree.start(target), tree.end(target)), start, end);
      case DOT -> {
        open(Form.APPLY, -1, start, end);
        remoteDot(target, tree.start(target), tree.end(target));
      }
      default -> {
        open(Form.APPLY, -1, start, end);
        expression(target);
      }
    }
  }

  /** {@code left.name} with the name as an atom, or {@code left.} of an anonymous call. */
  private void remoteDot(int node, int start, int end) {
    operands(node);
    if (kidCount == 0) {
      damaged(node, start, end);
      return;
    }
    int left = kids[0];
    int right = kidCount > 1 ? kids[1] : -1;
    openCall(".", start, end);
    expression(left);
    if (right >= 0 && tree.end(right) > tree.start(right)) { // else a name put in for the parser
      int from = tree.start(right);
      int to = tree.end(right);
      switch (tree.kind(right)) {
        case IDENTIFIER -> leaf(Form.ATOM, literals.name(from, to), from, to);
        case OPERATOR_IDENTIFIER -> leaf(Form.ATOM, names.intern(operator(right)), from, to);
        case STRING, CHARLIST -> literals.quotedAtom(right, from, to);
        default -> expression(right);
      }
    }
    close();
  }

  private void access(int node, int start, int end) {
    operands(node);
    if (kidCount < 2) {
      damaged(node, start, end);
      return;
    }
    int target = kids[0];
    int key = kids[1];
    open(Form.APPLY, -1, start, end);
    openCall(".", start, start);
    leaf(Form.ATOM, names.intern("Elixir.Access"), start, start);
    leaf(Form.ATOM, names.intern("get"), start, start);
    close();
    expression(target);
    expression(key);
    close();
  }

  // Blocks and clauses.

  private void parenthesised(int node, int start, int end) {
    if (hasClauses(node)) {
      open(Form.LIST, -1, start, end);
      clauses(node);
      close();
      return;
    }
    operands(node);
    if (kidCount == 1 && !isUnquoteSplicing(kids[0])) {
      if (startsWithParenthesis(node)) {
        expression(kids[0], start, end);
      } else {
        expression(kids[0]); // parentheses put in for the parser
      }
    } else if (kidCount == 0) {
      leaf(Form.CALL, names.intern("__block__"), start, end);
    } else {
      block(node + 1, tree.next(node), start);
    }
  }

  /**
   * The statements among these siblings: none is an empty block, one is itself, several are a
   * block.
   */
  private void block(int first, int limit, int emptyAt) {
    int count = 0;
    int firstStatement = -1;
    int lastStatement = -1;
    for (int node = first; node < limit; node = tree.next(node)) {
      if (isStatement(node)) {
        firstStatement = count == 0 ? node : firstStatement;
        lastStatement = node;
        count++;
      }
    }
    if (count == 0) {
      leaf(Form.CALL, names.intern("__block__"), emptyAt, emptyAt);
    } else if (count == 1 && !isUnquoteSplicing(firstStatement)) {
      expression(firstStatement);
    } else {
      openCall("__block__", tree.start(firstStatement), tree.end(lastStatement));
      for (int node = firstStatement; node <= lastStatement; node = tree.next(node)) {
        if (isStatement(node)) {
          expression(node);
        }
      }
      close();
    }
  }

  /** A lone {@code unquote_splicing} splices into a block, so Elixir keeps the block around it. */
  private boolean isUnquoteSplicing(int node) {
    return tree.kind(node) == NodeKind.CALL && isText(node + 1, "unquote_splicing");
  }

  private void doBlock(int node) {
    int end = sectionEnd(node);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isSection(tree.kind(child))) {
        end = sectionEnd(child);
      }
    }
    open(Form.LIST, -1, tree.start(node), end);
    section(node);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isSection(tree.kind(child))) {
        section(child);
      }
    }
    close();
  }

  /**
   * One of {@code do}, {@code else}, {@code rescue}, {@code catch}, {@code after}, with what it
   * holds.
   */
  private void section(int node) {
    int keyword = node + 1;
    int end = sectionEnd(node);
    open(Form.PAIR, -1, tree.start(keyword), end);
    leaf(
        Form.ATOM,
        names.intern(source, tree.start(keyword), tree.end(keyword)),
        tree.start(keyword),
        tree.end(keyword));
    if (hasClauses(node)) {
      open(Form.LIST, -1, firstStatementStart(node), end);
      clauses(node);
      close();
    } else {
      block(node + 1, tree.next(node), tree.end(keyword));
    }
    close();
  }

  /** Where a section's last statement ends, or its keyword when it has none. */
  private int sectionEnd(int node) {
    int end = tree.end(node + 1);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      end = isStatement(child) ? tree.end(child) : end;
    }
    return end;
  }

  private int firstStatementStart(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isStatement(child)) {
        return tree.start(child);
      }
    }
    return tree.start(node);
  }

  private boolean hasClauses(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.STAB_CLAUSE) {
        return true;
      }
    }
    return false;
  }

  private void clauses(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isStatement(child)) {
        expression(child);
      }
    }
  }

  private void clause(int node, int start, int end) {
    int left = -1;
    int arrow = -1;
    int body = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      switch (tree.kind(child)) {
        case TOKEN -> arrow = child;
        case BODY -> body = child;
        case COMMENT -> {}
        default -> left = left < 0 ? child : left;
      }
    }
    openCall("->", start, end);
    clauseHead(left, start);
    if (body < 0 || !hasStatement(body)) {
      int at = arrow < 0 ? end : tree.end(arrow);
      leaf(Form.ATOM, names.intern("nil"), at, at);
    } else {
      block(body + 1, tree.next(body), tree.start(body));
    }
    close();
  }

  private void clauseHead(int left, int start) {
    if (left < 0) {
      open(Form.LIST, -1, start, start);
      close();
      return;
    }
    int from = tree.start(left);
    int to = tree.end(left);
    open(Form.LIST, -1, from, to);
    if (tree.kind(left) != NodeKind.ARGUMENTS) {
      expression(left);
    } else {
      int last = lastOperand(left);
      if (last >= 0 && isBinary(last, "when") && operandCount(left) > 1) {
        // `x, y when z ->` guards all arguments, whichever of them the parser gave the guard to
        openCall("when", from, to);
        for (int child = left + 1; child < last; child = tree.next(child)) {
          if (isExpression(child)) {
            expression(child);
          }
        }
        expression(operand(last, 0));
        expression(operand(last, 1));
        close();
      } else if (operandCount(left) == 1 && isUnquoteSplicingBlock(last)) {
        expression(operand(last, 0));
      } else {
        items(left, false);
      }
    }
    close();
  }

  private boolean isUnquoteSplicingBlock(int node) {
    return tree.kind(node) == NodeKind.BLOCK
        && operandCount(node) == 1
        && isUnquoteSplicing(operand(node, 0));
  }

  // Looking around in the parser's tree.

  private boolean startsWithParenthesis(int node) {
    int start = tree.start(node);
    return start < source.length && source[start] == '(';
  }

  private boolean isExpression(int node) {
    NodeKind kind = tree.kind(node);
    return kind != NodeKind.TOKEN && kind != NodeKind.COMMENT && !tree.missing(node);
  }

  private boolean isStatement(int node) {
    return isExpression(node) && !isSection(tree.kind(node));
  }

  private static boolean isSection(NodeKind kind) {
    return switch (kind) {
      case AFTER_BLOCK, RESCUE_BLOCK, CATCH_BLOCK, ELSE_BLOCK -> true;
      default -> false;
    };
  }

  private boolean hasStatement(int node) {
    return operandCount(node) > 0;
  }

  /**
   * Gathers the children that are expressions, leaving out what error recovery put between them.
   */
  private void operands(int node) {
    kidCount = 0;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isExpression(child) && tree.kind(child) != NodeKind.ERROR) {
        if (kidCount == kids.length) {
          kids = Arrays.copyOf(kids, kidCount * 2);
        }
        kids[kidCount++] = child;
      }
    }
  }

  private int operandCount(int node) {
    int count = 0;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      count += isExpression(child) ? 1 : 0;
    }
    return count;
  }

  /** The expression at this position among the node's children; -1 where there are not so many. */
  private int operand(int node, int position) {
    int seen = 0;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isExpression(child) && tree.kind(child) != NodeKind.ERROR && seen++ == position) {
        return child;
      }
    }
    return -1;
  }

  private int lastOperand(int node) {
    int last = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      last = isExpression(child) ? child : last;
    }
    return last;
  }

  /** The operator of a unary or binary operator node; its first token. */
  private int operatorOf(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.TOKEN) {
        return child;
      }
    }
    return -1;
  }

  private boolean isBinary(int node, String operator) {
    if (tree.kind(node) != NodeKind.BINARY_OPERATOR) {
      return false;
    }
    int token = operatorOf(node);
    return token >= 0 && isText(token, operator);
  }

  /** An operator's name; {@code not} and {@code in} may stand apart. */
  private String operator(int token) {
    String text = QuotedTree.slice(source, tree.start(token), tree.end(token));
    return text.startsWith("not") && text.endsWith("in") ? "not in" : text;
  }

  private boolean isText(int node, String text) {
    int start = tree.start(node);
    if (tree.end(node) - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
