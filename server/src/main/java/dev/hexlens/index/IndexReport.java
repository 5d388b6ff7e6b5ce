package dev.hexlens.index;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param alreadyThere releases that were complete before
 * @param skipped releases without anything to index
 * @param superseded older releases that went
 * @param problems files left out or not whole, a sentence each
 * @param releases what became of each release that was chosen, in the order of the registry
 * @param stopped whether the time was over before everything was done
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
    List<Outcome> releases,
    boolean stopped,
    double seconds,
    Map<String, Double> stages) {
  public IndexReport {
    failures = List.copyOf(failures);
    problems = List.copyOf(problems);
    releases = List.copyOf(releases);
    stages = Map.copyOf(stages);
  }

  /** A release that could not be indexed. */
  public record Failure(String name, String version, String reason) {
    @Override
    public String toString() {
      return name + "@" + version + ": " + reason;
    }
  }

  /** How many releases nobody came to. */
  public int left() {
    return (int) releases.stream().filter(each -> each.state() == State.LEFT).count();
  }

  /** What can become of a release. */
  public enum State {
    INDEXED,
    /** It was complete before. */
    THERE,
    SKIPPED,
    FAILED,
    /** The run ended before it came to it. */
    LEFT
  }

  /**
   * What became of a release.
   *
   * @param reason why it was skipped or failed; null otherwise
   */
  public record Outcome(String name, String version, State state, @Nullable String reason) {}
}
