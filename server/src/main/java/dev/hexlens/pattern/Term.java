package dev.hexlens.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A property of a file that a pattern can require, as the index knows it: a hash of 19 bits of its
 * kind, its name and its arity. Two properties may share a hash; then the index proposes a file too
 * many, and the matcher turns it down.
 */
public final class Term {
  /** What kinds of properties there are; their order is part of the stored form. */
  enum Kind {
    /** A local call or operator, plain or piped: its name. */
    CALL,
    /** A call of any target's function: the function's name. */
    REMOTE_CALL,
    /** A call of a module's function, as written, as resolved, or imported: {@code Mod.fun}. */
    FUNCTION,
    /** A module's name, as written, as resolved, or as that of an imported function. */
    MODULE,
    ATOM,
    INTEGER,
    FLOAT,
    /** A string; a long one by its digest. */
    STRING,
    BYTES,
    /** One of the variables that mean themselves. */
    VARIABLE,
    /** The name of an attribute, read or written. */
    ATTRIBUTE,
    /** The name that a definition gives, whichever its keyword. */
    DEFINED_NAME,
    /** A definition by keyword, name and arity: {@code def name}. */
    DEFINITION,
    /** Something the file refers to, as a printed symbol behind its namespace. */
    REFERENCE,
    /** Something the file defines, as a printed symbol behind its namespace. */
    DEFINES,
    /** A call that has the same expression twice: its name. See {@link Repeats}. */
    REPEATS,
    /** A call with another as its first argument, piped or not: the names of both. */
    NESTED,
    /** An atom with an atom or an integer behind it, in a keyword list, a map or a tuple of two. */
    PAIR
  }

  /**
   * So many different terms there are. Of 1.26 million that 107 MB of source have, 1.06 million
   * stand in one file only: each would be a list of its own in the index, three times the size of
   * all others. Thrown together they cost a rare term a handful of candidates too many.
   */
  private static final int BUCKETS = 1 << 19;

  /** Of any arity. */
  static final int ANY = -1;

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private static final byte[] WHEN = "when".getBytes(StandardCharsets.UTF_8);

  private Term() {}

  /** A file that refers to the symbol; {@code symbol} with its namespace in front. */
  public static int reference(String namespace, String symbol) {
    return of(Kind.REFERENCE, namespace.toLowerCase(Locale.ROOT) + " " + symbol, ANY);
  }

  /** A file that defines the symbol; {@code symbol} with its namespace in front. */
  public static int defines(String namespace, String symbol) {
    return of(Kind.DEFINES, namespace.toLowerCase(Locale.ROOT) + " " + symbol, ANY);
  }

  static int of(Kind kind, String name, int arity) {
    return of(kind, hash(name.getBytes(StandardCharsets.UTF_8)), arity);
  }

  static int of(Kind kind, long nameHash, int arity) {
    long mixed = nameHash * 31 + kind.ordinal() * 1_000_003L + (arity + 2) * 0x9e3779b97f4a7c15L;
    mixed ^= mixed >>> 32;
    mixed *= 0xd6e8feb86659fd93L;
    return (int) (mixed ^ (mixed >>> 29)) & (BUCKETS - 1);
  }

  /**
   * The hash of a call's name and that of the call that is its first argument; 0 for names that say
   * little, such as those of operators and definitions.
   */
  static long nestedHash(byte[] outer, byte[] inner) {
    return isWord(outer) && isWord(inner) ? hash((hash(outer) ^ '(') * 31, inner) : 0;
  }

  /** The hash of an atom and of what stands behind it. */
  static long pairHash(byte[] left, byte[] right) {
    return hash((hash(left) ^ '=') * 31, right);
  }

  /** Small letters first, and none of the names that almost every file has there. */
  private static boolean isWord(byte[] name) {
    return name.length > 0
        && name[0] >= 'a'
        && name[0] <= 'z'
        && !(name.length > 2 && name[0] == 'd' && name[1] == 'e' && name[2] == 'f')
        && !Arrays.equals(name, WHEN);
  }

  /** FNV-1a, 64 bits: stable, and quick on short names. */
  static long hash(byte[] name) {
    return hash(OFFSET, name);
  }

  static long hash(long before, byte[] more) {
    long hash = before;
    for (byte b : more) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return hash;
  }

  static long hash(String name) {
    return hash(name.getBytes(StandardCharsets.UTF_8));
  }
}
