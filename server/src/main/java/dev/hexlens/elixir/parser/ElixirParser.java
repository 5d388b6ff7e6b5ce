package dev.hexlens.elixir.parser;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses sources one after the other into one reused {@link SyntaxTree}. Used by one thread at a
 * time; may be handed from thread to thread.
 */
public final class ElixirParser implements AutoCloseable {
  /** Real files take milliseconds, on a busy machine too; what takes this long is not Elixir. */
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  private static final int UTF8 = 0;

  private final Duration limit;
  private final Arena arena = Arena.ofShared();
  private final long parser;
  private final MemorySegment input = arena.allocate(TreeSitter.INPUT);
  private final MemorySegment options = arena.allocate(TreeSitter.OPTIONS);
  private final TreeWalk walk;
  private final SyntaxTree tree = new SyntaxTree();
  private final Respelling respelling = new Respelling();

  /**
   * What the last parse left for the next, one for the source and one for each respelling of it;
   * none where every source is parsed from scratch.
   */
  private final List<PatchedTree> last;

  /** Replaced when a larger source comes; the collector frees the smaller one. */
  private MemorySegment source = Arena.ofAuto().allocate(1 << 16);

  private int length;
  private long deadline;
  private long parsing;
  private long walking;
  private boolean closed;

  /** A parser with a limit of 30 seconds a source. */
  public ElixirParser() {
    this(DEFAULT_LIMIT);
  }

  /** A parser that gives up on a source after {@code limit}. */
  public ElixirParser(Duration limit) {
    this(limit, TreeWalk.fastest(), false);
  }

  /**
   * A parser for one text that is edited again and again: of each parse it keeps what the edit left
   * as it was.
   */
  public static ElixirParser incremental() {
    return new ElixirParser(DEFAULT_LIMIT, TreeWalk.fastest(), true);
  }

  ElixirParser(Duration limit, TreeWalk walk) {
    this(limit, walk, false);
  }

  private ElixirParser(Duration limit, TreeWalk walk, boolean incremental) {
    this.limit = limit;
    this.walk = walk;
    this.last =
        incremental
            ? Stream.generate(PatchedTree::new).limit(Respelling.ROUNDS + 1).toList()
            : List.of();
    parser = TreeSitter.parserNew();
    if (!TreeSitter.parserSetLanguage(parser, Grammar.LANGUAGE)) {
      throw new IllegalStateException(
          "tree-sitter " + NativeLibraries.active().coreVersion() + " can't run this grammar");
    }
    Upcalls.describe(this, arena, input, options);
  }

  /**
   * The tree of a source, valid until the next parse. Bytes that are not UTF-8, or not Elixir, come
   * out as {@link NodeKind#ERROR} nodes. Throws {@link ParseTimeout} past the limit.
   */
  public SyntaxTree parse(byte[] utf8) {
    if (closed) {
      throw new IllegalStateException("the parser is closed");
    }
    deadline = System.nanoTime() + limit.toNanos();
    read(utf8, before(0));
    respelling.start(utf8);
    for (int round = 0; round < Respelling.ROUNDS && respelling.revise(tree); round++) {
      Spelling spelling = respelling.spelling();
      read(spelling.text(), before(round + 1));
      if (spelling.shifts()) {
        tree.shift(spelling::original);
      }
    }
    return tree;
  }

  private @Nullable PatchedTree before(int round) {
    return last.isEmpty() ? null : last.get(round);
  }

  private void read(byte[] utf8, @Nullable PatchedTree before) {
    if (before != null && before.patch(utf8, this::flatten, tree)) {
      return;
    }
    if (!flatten(utf8, tree)) {
      throw new ParseTimeout(utf8.length, limit);
    }
    if (before != null) {
      before.keep(utf8, tree);
    }
  }

  /** Parses a text from scratch; false past the limit. */
  private boolean flatten(byte[] utf8, SyntaxTree into) {
    load(utf8);
    long started = System.nanoTime();
    long parsed = TreeSitter.parserParse(parser, input, options);
    long walked = System.nanoTime();
    parsing += walked - started;
    if (parsed == 0) {
      TreeSitter.parserReset(parser);
      return false;
    }
    try {
      into.clear();
      walk.flatten(parsed, into);
    } finally {
      walking += System.nanoTime() - walked;
      TreeSitter.treeDelete(parsed);
    }
    return true;
  }

  /**
   * Where the time went since the parser was made, in nanoseconds.
   *
   * @param parsing in tree-sitter
   * @param walking flattening its trees
   */
  public record Spent(long parsing, long walking) {}

  /** Where this parser's time went so far. */
  public Spent spent() {
    return new Spent(parsing, walking);
  }

  private void load(byte[] utf8) {
    if (source.byteSize() < utf8.length) {
      source =
          Arena.ofAuto().allocate(Math.max(utf8.length, Math.min(2 * source.byteSize(), 1 << 24)));
    }
    MemorySegment.copy(utf8, 0, source, JAVA_BYTE, 0, utf8.length);
    length = utf8.length;
  }

  /** Frees the native parser; closing twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    walk.close();
    TreeSitter.parserDelete(parser);
    arena.close();
  }

  /**
   * What tree-sitter calls back while it parses. An exception out of these would end the process.
   */
  private static final class Upcalls {
    private static final FunctionDescriptor READ =
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, TreeSitter.POINT, JAVA_LONG);
    private static final FunctionDescriptor PROGRESS =
        FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG);

    static void describe(
        ElixirParser parser, Arena arena, MemorySegment input, MemorySegment options) {
      var lookup = MethodHandles.lookup();
      try {
        var read =
            lookup.bind(
                parser,
                "read",
                MethodType.methodType(
                    long.class, long.class, int.class, MemorySegment.class, long.class));
        var expired =
            lookup.bind(parser, "expired", MethodType.methodType(boolean.class, long.class));
        input.set(JAVA_LONG, 8, TreeSitter.LINKER.upcallStub(read, READ, arena).address());
        input.set(JAVA_INT, 16, UTF8);
        options.set(JAVA_LONG, 8, TreeSitter.LINKER.upcallStub(expired, PROGRESS, arena).address());
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the methods are in this file", e);
      }
    }
  }

  /**
   * TSInput.read: the rest of the source from {@code index} on, its length to {@code bytesRead}.
   */
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called by the native parser
  private long read(long payload, int index, MemorySegment position, long bytesRead) {
    int left = Math.max(0, length - index);
    MemorySegment.ofAddress(bytesRead).reinterpret(4).set(JAVA_INT, 0, left);
    return source.address() + length - left;
  }

  /** TSParseOptions.progress_callback: true ends the parse. Called every hundred steps. */
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called by the native parser
  private boolean expired(long state) {
    return System.nanoTime() - deadline > 0;
  }
}
