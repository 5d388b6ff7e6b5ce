package dev.hexlens.search;

import dev.hexlens.search.RegexTree.Alternatives;
import dev.hexlens.search.RegexTree.Literal;
import dev.hexlens.search.RegexTree.Nothing;
import dev.hexlens.search.RegexTree.OneOf;
import dev.hexlens.search.RegexTree.Parsed;
import dev.hexlens.search.RegexTree.Repeated;
import dev.hexlens.search.RegexTree.Sequence;
import dev.hexlens.store.TextTerms;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text must hold for a regular expression to match somewhere in it: the characters that
 * stand for themselves, or for one of a few. Where an expression is not understood, nothing is
 * required, so that nothing is lost.
 */
final class RegexTerms {
  /** What RE2 reads for a byte that is no UTF-8: as a character, it stands for more than itself. */
  private static final int REPLACEMENT = 0xfffd;

  private static final int ASCII = RegexTree.ASCII;

  /** Texts that are told one by one; more are not kept apart. */
  private static final int MOST_TEXTS = 16;

  private RegexTerms() {}

  /**
   * What is known of an expression.
   *
   * @param breaks how many times at most blank space in a match may reach into another line; {@link
   *     #ANY_NUMBER} when nothing bounds it, or when a match sees beyond its lines
   * @param anyCase whether small and large letters count as the same anywhere in it
   * @param tree null when it is not understood
   */
  record Known(TextTerms terms, int breaks, boolean anyCase, @Nullable RegexTree tree) {}

  static final int ANY_NUMBER = Integer.MAX_VALUE;

  /** So that sums of them stay numbers. */
  private static final int MANY = 1_000;

  static Known of(String regex) {
    Parsed parsed = RegexTree.parse(regex);
    if (parsed == null) {
      return new Known(TextTerms.anything(), ANY_NUMBER, true, null);
    }
    int breaks = parsed.seesBeyond() ? MANY : breaks(parsed.tree());
    return new Known(
        terms(parsed.tree()), breaks < MANY ? breaks : ANY_NUMBER, parsed.anyCase(), parsed.tree());
  }

  /**
   * @param anyCase whether it is found in small and large letters
   */
  static TextTerms ofLiteral(String text, boolean anyCase) {
    return terms(
        new Sequence(text.codePoints().<RegexTree>mapToObj(c -> new Literal(c, anyCase)).toList()));
  }

  /** Whether a character may have a small or large form, by what Unicode says of its kind. */
  static boolean mayHaveCases(int c) {
    return switch (Character.getType(c)) {
      case Character.OTHER_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.SPACE_SEPARATOR,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.OTHER_LETTER ->
          Character.toLowerCase(c) != c || Character.toUpperCase(c) != c;
      default -> true;
    };
  }

  /**
   * Whether a character stands for its own bytes; small and large letters of ASCII are the same.
   */
  static boolean isItself(Literal literal) {
    int c = literal.character();
    return c != REPLACEMENT
        && Character.getType(c) != Character.SURROGATE
        && (!literal.anyCase() || c < ASCII || !mayHaveCases(c));
  }

  private static int breaks(RegexTree tree) {
    return switch (tree) {
      case Nothing nothing -> 0;
      case Literal literal -> literal.character() == '\n' ? 1 : 0;
      case OneOf set -> !set.has('\n') ? 0 : isBlank(set) ? 1 : MANY;
      case Sequence row -> Math.min(MANY, row.parts().stream().mapToInt(RegexTerms::breaks).sum());
      case Alternatives all -> all.each().stream().mapToInt(RegexTerms::breaks).max().orElse(0);
      case Repeated repeated -> {
        int once = breaks(repeated.tree());
        boolean oneCharacter =
            repeated.tree() instanceof Literal || repeated.tree() instanceof OneOf;
        // lines between blank ones are none
        yield once == 0 || oneCharacter || repeated.most() == 1 ? once : MANY;
      }
    };
  }

  private static boolean isBlank(OneOf set) {
    for (int c = 0; c < ASCII; c++) {
      if (set.has(c) && " \t\r\f\n".indexOf(c) < 0) {
        return false;
      }
    }
    return !set.beyond();
  }

  private static TextTerms terms(RegexTree tree) {
    Row row = new Row();
    row.add(tree);
    return row.terms();
  }

  /** One thing after another; characters next to each other make a run. */
  private static final class Row {
    private final List<TextTerms> terms = new ArrayList<>();

    /** What the last characters are, up to here: one of these. */
    private Set<String> runs = Set.of("");

    void add(RegexTree tree) {
      Set<String> texts = texts(tree);
      if (texts != null) {
        add(texts);
        return;
      }
      switch (tree) {
        case Nothing nothing -> {}
        case Literal literal -> end();
        case OneOf set -> end();
        case Sequence row -> row.parts().forEach(this::add);
        case Alternatives all -> {
          end();
          terms.add(new TextTerms.AnyOf(all.each().stream().map(RegexTerms::terms).toList()));
        }
        case Repeated repeated -> {
          if (repeated.least() == 0) {
            end();
          } else {
            add(repeated.tree());
            if (repeated.most() != 1) {
              end(); // further ones may follow, and the last of them is next to what comes then
              add(repeated.tree());
            }
          }
        }
      }
    }

    private void add(Set<String> texts) {
      if (runs.size() * texts.size() > MOST_TEXTS) {
        end();
      }
      runs = after(runs, texts);
    }

    /** What comes next does not follow at once. */
    private void end() {
      if (!runs.contains("")) {
        List<TextTerms> each = new ArrayList<>();
        runs.forEach(text -> each.add(new TextTerms.Run(text)));
        terms.add(each.size() == 1 ? each.getFirst() : new TextTerms.AnyOf(each));
      }
      runs = Set.of("");
    }

    TextTerms terms() {
      end();
      return terms.size() == 1 ? terms.getFirst() : new TextTerms.AllOf(terms);
    }
  }

  private static Set<String> after(Set<String> first, Set<String> second) {
    Set<String> both = new LinkedHashSet<>();
    first.forEach(one -> second.forEach(other -> both.add(one + other)));
    return both;
  }

  /** All texts that it stands for, case aside; null when they are many, or not known. */
  private static @Nullable Set<String> texts(RegexTree tree) {
    return switch (tree) {
      case Nothing nothing -> Set.of("");
      case Literal literal ->
          isItself(literal) ? Set.of(Character.toString(literal.character())) : null;
      case OneOf set -> texts(set);
      case Sequence row -> {
        Set<String> all = Set.of("");
        for (RegexTree part : row.parts()) {
          Set<String> its = texts(part);
          if (its == null || its.size() * all.size() > MOST_TEXTS) {
            yield null;
          }
          all = after(all, its);
        }
        yield all;
      }
      case Alternatives alternatives -> {
        Set<String> all = new LinkedHashSet<>();
        for (RegexTree each : alternatives.each()) {
          Set<String> its = texts(each);
          if (its == null || its.size() + all.size() > MOST_TEXTS) {
            yield null;
          }
          all.addAll(its);
        }
        yield all;
      }
      case Repeated repeated -> repeated(repeated);
    };
  }

  private static @Nullable Set<String> texts(OneOf set) {
    Set<String> all = new LinkedHashSet<>();
    for (int c = 0; c < ASCII; c++) {
      if (set.has(c)) {
        all.add(Character.toString(Character.toLowerCase(c)));
      }
    }
    return set.beyond() || all.size() > MOST_TEXTS / 2 || all.isEmpty() ? null : all;
  }

  private static @Nullable Set<String> repeated(Repeated repeated) {
    Set<String> once = texts(repeated.tree());
    if (once == null || repeated.most() < 0 || repeated.most() > MOST_TEXTS) {
      return null;
    }
    Set<String> all = new LinkedHashSet<>();
    Set<String> some = Set.of("");
    for (int times = 0; times <= repeated.most(); times++) {
      if (times >= repeated.least()) {
        all.addAll(some);
      }
      some = after(some, once);
      if (all.size() + some.size() > MOST_TEXTS) {
        return null;
      }
    }
    return all;
  }
}
