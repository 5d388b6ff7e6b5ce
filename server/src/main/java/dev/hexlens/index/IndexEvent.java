package dev.hexlens.index;

/** What happens while an index is filled, for whoever shows it. Sent from several threads. */
public sealed interface IndexEvent {
  /** It is known what is to be done. */
  record Planned(int releases, int alreadyThere) implements IndexEvent {}

  /** A release is in work. */
  record Started(String release) implements IndexEvent {}

  /** A release is read, not stored yet. */
  record Extracted(String release, int files, long bytes) implements IndexEvent {}

  /** A release is stored and visible. */
  record Stored(String release) implements IndexEvent {}

  /** A release has nothing to index. */
  record Skipped(String release, String reason) implements IndexEvent {}

  /** A release could not be indexed; the rest goes on. */
  record Failed(String release, String reason) implements IndexEvent {}

  /** A file was left out, or is not whole; its release goes on. */
  record FileProblem(String release, String problem) implements IndexEvent {}

  /** An entry of the registry that says nothing usable; the rest of it counts. */
  record RegistryProblem(String problem) implements IndexEvent {}

  /** A stage after the releases, such as building indexes. */
  record Stage(String name) implements IndexEvent {}

  /** A part of the work, such as reading the trees of a release, took so long on one thread. */
  record Timed(String stage, long nanos) implements IndexEvent {}
}
