package dev.hexlens.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of a dependency a release admits, in the language of Elixir's Version module:
 * {@code ~> 1.2 and != 1.2.5 or == 2.0.0-rc.1}. "and" binds tighter than "or".
 *
 * <p>As in Hex's resolver, a pre-release is admitted only by a condition that names one itself, or
 * by an upper bound.
 */
public final class Requirement {
  /** What Hex writes where a package names no requirement. */
  public static final String ANY = ">= 0.0.0";

  private static final Pattern CONDITION =
      Pattern.compile("\\s*(==|!=|>=|<=|~>|>|<|!)?\\s*([0-9A-Za-z.+-]+)");
  private static final Pattern JOINT = Pattern.compile("\\s+(and|or)(?=\\s)");
  private static final Pattern TWO_PARTS =
      Pattern.compile("((?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*))(-[0-9A-Za-z.-]+)?(\\+.*)?");

  private enum Operator {
    EQUAL,
    NOT_EQUAL,
    GREATER,
    AT_LEAST,
    LESS,
    AT_MOST,
    /** ~> with three parts: the minor version stays. */
    SAME_MINOR,
    /** ~> with two parts: the major version stays. */
    SAME_MAJOR
  }

  private record Condition(Operator operator, Version operand) {
    boolean admits(Version version) {
      int order = version.comparePrecedence(operand);
      boolean preAdmitted = version.isStable() || !operand.isStable();
      return switch (operator) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case GREATER -> order > 0 && preAdmitted;
        case AT_LEAST -> order >= 0 && preAdmitted;
        case SAME_MINOR ->
            order >= 0
                && preAdmitted
                && version.major() == operand.major()
                && version.minor() == operand.minor();
        case SAME_MAJOR -> order >= 0 && preAdmitted && version.major() == operand.major();
      };
    }
  }

  private final String text;

  /** Alternatives, each a list of conditions that hold together. */
  private final List<List<Condition>> alternatives;

  private Requirement(String text, List<List<Condition>> alternatives) {
    this.text = text;
    this.alternatives = alternatives;
  }

  /**
   * Reads a requirement.
   *
   * @return nothing if Elixir would refuse it as well
   */
  public static Optional<Requirement> parse(String text) {
    List<List<Condition>> alternatives = new ArrayList<>();
    List<Condition> together = new ArrayList<>();
    Matcher condition = CONDITION.matcher(text);
    Matcher joint = JOINT.matcher(text);
    int position = 0;
    while (true) {
      if (!condition.region(position, text.length()).lookingAt()) {
        return Optional.empty();
      }
      Optional<Condition> read = condition(condition.group(1), condition.group(2));
      if (read.isEmpty()) {
        return Optional.empty();
      }
      together.add(read.get());
      position = condition.end();
      if (text.substring(position).isBlank()) {
        alternatives.add(List.copyOf(together));
        return Optional.of(new Requirement(text, List.copyOf(alternatives)));
      }
      if (!joint.region(position, text.length()).lookingAt()) {
        return Optional.empty();
      }
      if (joint.group(1).equals("or")) {
        alternatives.add(List.copyOf(together));
        together.clear();
      }
      position = joint.end();
    }
  }

  private static Optional<Condition> condition(
      @org.jspecify.annotations.Nullable String operator, String operand) {
    if ("~>".equals(operator)) {
      Matcher twoParts = TWO_PARTS.matcher(operand);
      if (twoParts.matches()) {
        String pre = twoParts.group(2) == null ? "" : twoParts.group(2);
        return Version.parse(twoParts.group(1) + ".0" + pre)
            .map(version -> new Condition(Operator.SAME_MAJOR, version));
      }
    }
    Operator kind =
        switch (operator) {
          case "!=", "!" -> Operator.NOT_EQUAL;
          case ">" -> Operator.GREATER;
          case ">=" -> Operator.AT_LEAST;
          case "<" -> Operator.LESS;
          case "<=" -> Operator.AT_MOST;
          case "~>" -> Operator.SAME_MINOR;
          case null, default -> Operator.EQUAL;
        };
    return Version.parse(operand).map(version -> new Condition(kind, version));
  }

  /** Whether a release of that version will do. */
  public boolean admits(Version version) {
    return alternatives.stream()
        .anyMatch(together -> together.stream().allMatch(each -> each.admits(version)));
  }

  /** The requirement as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
