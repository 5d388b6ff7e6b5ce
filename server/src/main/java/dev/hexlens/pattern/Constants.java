package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.NamePool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names and literals of a pattern, each once, and which of them every match must contain. */
final class Constants {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z_]{2,}[?!]?");

  /** Names that a tree can hold although the source does not spell them. */
  private static final Set<String> IMPLIED =
      Set.of(
          "Access",
          "get",
          "Kernel",
          "to_string",
          "to_charlist",
          "binary",
          "nil",
          "utf8",
          "erlang",
          "binary_to_atom",
          "not");

  private final List<byte[]> values = new ArrayList<>();
  private final BitSet required = new BitSet();
  private final BitSet segments = new BitSet();

  int add(byte[] value) {
    for (int i = 0; i < values.size(); i++) {
      if (Arrays.equals(values.get(i), value)) {
        return i;
      }
    }
    values.add(value);
    return values.size() - 1;
  }

  int add(String value) {
    return add(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A constant without which nothing can match. */
  int require(byte[] value) {
    int constant = add(value);
    required.set(constant);
    return constant;
  }

  int require(String value) {
    return require(value.getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes(int constant) {
    return values.get(constant);
  }

  String text(int constant) {
    return new String(values.get(constant), StandardCharsets.UTF_8);
  }

  /** Whether a file with these names can hold a match at all. */
  boolean possibleIn(NamePool names) {
    for (int i = required.nextSetBit(0); i >= 0; i = required.nextSetBit(i + 1)) {
      if (names.find(values.get(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The required constants that stand in a source as they are, byte for byte, unless it spells them
   * with escapes: plain identifiers, and none of those that the syntax tree puts in by itself.
   */
  List<byte[]> spelled() {
    List<byte[]> spelled = new ArrayList<>();
    for (int i = required.nextSetBit(0); i >= 0; i = required.nextSetBit(i + 1)) {
      if (isSpelled(text(i))) {
        spelled.add(values.get(i));
      }
    }
    return spelled;
  }

  private static boolean isSpelled(String text) {
    return PLAIN.matcher(text).matches() && !text.startsWith("sigil_") && !IMPLIED.contains(text);
  }

  /** A segment of a module's name: it stands in the source, unless a {@code use} brings it in. */
  int segment(String name) {
    int constant = add(name);
    if (isSpelled(name)) {
      segments.set(constant);
    }
    return constant;
  }

  /**
   * The segments of modules' names that every source with a match spells, unless it uses others.
   */
  List<byte[]> spelledSegments() {
    return segments.stream().mapToObj(values::get).toList();
  }

  /**
   * The index of each constant among a file's names; -2, which no node has, where it is missing.
   */
  int[] bind(NamePool names) {
    int[] bound = new int[values.size()];
    for (int i = 0; i < bound.length; i++) {
      int name = names.find(values.get(i));
      bound[i] = name < 0 ? -2 : name;
    }
    return bound;
  }
}
