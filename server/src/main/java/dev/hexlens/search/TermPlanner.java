package dev.hexlens.search;

import dev.hexlens.pattern.Query;
import dev.hexlens.pattern.RequiredTerms;
import java.util.Map;

/** Chooses the terms by which a query's candidates are looked up. */
public interface TermPlanner {
  /** All of them: Postgres intersects its lists from the rarest on by itself. */
  TermPlanner ALL_REQUIRED = query -> new Plan(RequiredTerms.of(query));

  Plan plan(Query query);

  /**
   * The terms that candidates must have.
   *
   * @param terms each with what it says, for people; none means that every file is a candidate
   */
  record Plan(Map<Integer, String> terms) {
    public Plan {
      terms = Map.copyOf(terms);
    }
  }
}
