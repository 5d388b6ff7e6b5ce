package dev.hexlens.index;

import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param alreadyThere releases that were complete before
 * @param skipped releases without anything to index
 * @param superseded older releases that went
 * @param problems files left out or not whole, a sentence each
 * @param stages seconds of work by stage, over all threads
 */
public record IndexReport(
    int indexed,
    int alreadyThere,
    int skipped,
    int superseded,
    long files,
    long bytes,
    List<Failure> failures,
    List<String> problems,
    double seconds,
    Map<String, Double> stages) {
  public IndexReport {
    failures = List.copyOf(failures);
    problems = List.copyOf(problems);
    stages = Map.copyOf(stages);
  }

  /** A release that could not be indexed. */
  public record Failure(String name, String version, String reason) {
    @Override
    public String toString() {
      return name + "@" + version + ": " + reason;
    }
  }
}
