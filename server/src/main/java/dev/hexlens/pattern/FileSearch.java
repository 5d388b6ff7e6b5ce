package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers queries about one file: the authority, whatever an index proposed. */
public final class FileSearch {
  private final FileView file;
  private final QuotedTree tree;
  private final Siblings siblings;
  private final Map<Pattern, BitSet> matching = new HashMap<>();

  public FileSearch(FileView file) {
    this.file = file;
    this.tree = file.tree;
    this.siblings = new Siblings(file);
  }

  /**
   * Whether a tree can hold an answer, whatever its names mean and whatever else is asked of the
   * match; false is certain, true is not.
   */
  public static boolean possibleIn(QuotedTree tree, Query query) {
    Pattern pattern = query.pattern();
    Matcher matcher = new Matcher(pattern, FileView.ofTree(tree));
    for (int node = 0; node < tree.size(); node++) {
      if (pattern.isSequence() ? beginsIn(node, tree, matcher) : matcher.matches(node)) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsIn(int block, QuotedTree tree, Matcher matcher) {
    if (tree.is(block, Form.CALL, "__block__")) {
      for (int first = block + 1; first < tree.next(block); first = tree.next(first)) {
        if (matcher.beginsAt(first, tree.next(block))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Every answer to the query, by place, each range once. */
  public List<Match> find(Query query) {
    if (!query.possibleIn(tree.names())) {
      return List.of();
    }
    List<Found> found = matches(query.pattern());
    found.removeIf(match ->
        !query.filters().stream().allMatch(filter -> holds(filter, match, query.pattern())));
    for (Query.Step step : query.steps()) {
      found = follow(step, found);
    }
    Map<Long, Match> byRange = new LinkedHashMap<>();
    for (Found each : found) {
      long range = ((long) each.start << 32) | each.end;
      byRange.putIfAbsent(range, new Match(each.start, each.end, each.captures, each.exact));
    }
    List<Match> answers = new ArrayList<>(byRange.values());
    answers.sort(Comparator.comparingInt(Match::start).thenComparingInt(m -> -m.end()));
    return answers;
  }

  /**
   * @param first the node, or the first statement of a window
   * @param last the node, or the last statement of a window
   * @param held what each capture of the pattern holds, as {@link Matcher#captured} says it
   * @param exact as {@link Match} has it
   */
  private record Found(
      int first,
      int last,
      int start,
      int end,
      List<Match.Capture> captures,
      int[] held,
      boolean exact) {}

  private List<Found> matches(Pattern pattern) {
    Matcher matcher = new Matcher(pattern, file);
    List<Found> found = new ArrayList<>();
    if (pattern.isSequence()) {
      for (int block = 0; block < tree.size(); block++) {
        if (tree.is(block, Form.CALL, "__block__")) {
          windows(pattern, matcher, block, found);
        }
      }
      return found;
    }
    for (int node = 0; node < tree.size(); node++) {
      if (matcher.matches(node) && file.isCandidate(node)) {
        found.add(
            new Found(
                node,
                node,
                tree.start(node),
                tree.end(node),
                captures(pattern, matcher),
                matcher.held(),
                matcher.isExact()));
      }
    }
    return found;
  }

  private void windows(Pattern pattern, Matcher matcher, int block, List<Found> found) {
    for (int first = block + 1; first < tree.next(block); first = tree.next(first)) {
      if (matcher.beginsAt(first, tree.next(block))) {
        int last = matcher.windowEnd();
        found.add(
            new Found(
                first,
                last,
                tree.start(first),
                tree.end(last),
                captures(pattern, matcher),
                matcher.held(),
                matcher.isExact()));
      }
    }
  }

  private List<Match.Capture> captures(Pattern pattern, Matcher matcher) {
    List<Match.Capture> captures = new ArrayList<>();
    for (int slot = 0; slot < pattern.captures().size(); slot++) {
      int held = matcher.captured(slot);
      if (held != Shape.NONE) {
        captures.add(new Match.Capture(pattern.captures().get(slot), text(held)));
      }
    }
    return captures;
  }

  private String text(int held) {
    if (held < 0) {
      return ":" + tree.names().text(-held - 2);
    }
    return tree.end(held) > tree.start(held)
        ? QuotedTree.slice(file.source, tree.start(held), tree.end(held))
        : tree.text(held);
  }

  /** The nodes that a pattern matches, or the first statements of its windows. */
  private BitSet matching(Pattern pattern) {
    return matching.computeIfAbsent(
        pattern,
        p -> {
          BitSet nodes = new BitSet();
          if (p.possibleIn(tree.names())) {
            matches(p).forEach(each -> nodes.set(each.first));
          }
          return nodes;
        });
  }

  private boolean holds(Filter filter, Found match, Pattern pattern) {
    return switch (filter) {
      case Filter.Inside f -> isInside(f.pattern(), match);
      case Filter.Contains f -> contains(f.pattern(), match);
      case Filter.Parent f -> {
        int parent = siblings.parent(match.first);
        yield parent >= 0 && matching(f.pattern()).get(parent);
      }
      case Filter.HasChild f ->
          siblings.children(match.first).stream().anyMatch(matching(f.pattern())::get);
      case Filter.Follows f -> {
        List<Integer> all = siblings.of(match.first);
        int at = all.indexOf(match.first);
        List<Integer> before = all.subList(f.immediately() ? Math.max(0, at - 1) : 0, at);
        yield before.stream().anyMatch(matching(f.pattern())::get);
      }
      case Filter.Precedes f -> {
        List<Integer> all = siblings.of(match.last);
        int at = all.indexOf(match.last) + 1;
        List<Integer> after =
            all.subList(at, f.immediately() ? Math.min(all.size(), at + 1) : all.size());
        yield after.stream().anyMatch(matching(f.pattern())::get);
      }
      case Filter.HasComment f -> new Comments(file).holds(f, match.start, match.end);
      case Filter.Where f -> f.guard().holds(new Captured(file, pattern.captures(), match.held));
      case Filter.Piped piped -> file.isPipe(match.first);
      case Filter.Nth nth -> siblings.of(match.first).indexOf(match.first) == nth.position() - 1;
      case Filter.Last last -> siblings.of(match.first).getLast() == match.first;
      case Filter.AnyOf any -> any.filters().stream().anyMatch(each -> holds(each, match, pattern));
      case Filter.AllOf all -> all.filters().stream().allMatch(each -> holds(each, match, pattern));
      case Filter.Not not -> !holds(not.filter(), match, pattern);
    };
  }

  private boolean isInside(Pattern pattern, Found match) {
    if (pattern.isSequence()) {
      return pattern.possibleIn(tree.names())
          && matches(pattern).stream()
              .anyMatch(window ->
                  window.first <= match.first
                      && match.first < tree.next(window.last)
                      && (window.start < match.start || window.end > match.end));
    }
    BitSet nodes = matching(pattern);
    int[] parents = file.parents();
    for (int node = parents[match.first]; node >= 0; node = parents[node]) {
      if (nodes.get(node)) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(Pattern pattern, Found match) {
    int from = match.first == match.last ? match.first + 1 : match.first;
    int node = matching(pattern).nextSetBit(from);
    return node >= 0 && node < tree.next(match.last);
  }

  private List<Found> follow(Query.Step step, List<Found> from) {
    List<Found> candidates =
        step.pattern().possibleIn(tree.names()) ? matches(step.pattern()) : List.of();
    List<Found> reached = new ArrayList<>();
    for (Found candidate : candidates) {
      for (Found start : from) {
        boolean below =
            switch (step) {
              case Query.Step.Child child -> siblings.parent(candidate.first) == start.first;
              case Query.Step.Descendant descendant ->
                  candidate.first > start.first && candidate.first < tree.next(start.last);
            };
        if (below && agree(start.captures, candidate.captures)) {
          List<Match.Capture> captures = new ArrayList<>(start.captures);
          candidate.captures.stream().filter(c -> !captures.contains(c)).forEach(captures::add);
          reached.add(
              new Found(
                  candidate.first,
                  candidate.last,
                  candidate.start,
                  candidate.end,
                  captures,
                  candidate.held,
                  start.exact && candidate.exact));
          break;
        }
      }
    }
    return reached;
  }

  private static boolean agree(List<Match.Capture> left, List<Match.Capture> right) {
    return left.stream()
        .allMatch(l -> right.stream().noneMatch(r -> r.name().equals(l.name()) && !r.equals(l)));
  }
}
