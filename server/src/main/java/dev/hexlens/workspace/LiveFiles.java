package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.SourceSet;
import dev.hexlens.index.LiveExtractor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the open documents of a folder hold, read and linked when somebody asks. A change inside of
 * functions costs the reading of one document; one that changes what its modules export has the
 * others linked again too. For many threads.
 */
final class LiveFiles {
  private final Exports others;
  private final Map<String, State> states = new HashMap<>();
  private long generation;

  /** A document with what is known of it. */
  private static final class State {
    final LiveExtractor extractor = new LiveExtractor();
    OpenDocument document;
    LiveExtractor.Read read;
    LiveExtractor.@Nullable LiveFile linked;
    long linkedIn;

    State(String path, OpenDocument document) {
      this.document = document;
      this.read = extractor.read(path, document.bytes());
    }
  }

  /**
   * @param others what all modules outside of the open documents export
   */
  LiveFiles(Exports others) {
    this.others = others.or(ElixirExports.instance());
  }

  /** The store has changed: links may come out otherwise. */
  synchronized void invalidate() {
    generation++;
  }

  /**
   * The documents as they are now, by path inside the folder.
   *
   * @param open those of the folder, each with its path inside
   */
  synchronized Map<String, LiveExtractor.LiveFile> of(Map<String, OpenDocument> open) {
    if (!states.keySet().equals(open.keySet())) {
      states
          .entrySet()
          .removeIf(entry -> {
            boolean closed = !open.containsKey(entry.getKey());
            if (closed) {
              entry.getValue().extractor.close();
            }
            return closed;
          });
      generation++;
    }
    open.forEach(this::read);
    Map<String, LiveExtractor.LiveFile> files = new HashMap<>();
    Exports seen = onScreen().or(others);
    states.forEach((path, state) -> {
      LiveExtractor.LiveFile linked = state.linked;
      if (linked == null || state.linkedIn != generation) {
        linked = state.extractor.link(state.read, seen);
        state.linked = linked;
        state.linkedIn = generation;
      }
      files.put(path, linked);
    });
    return files;
  }

  private void read(String path, OpenDocument document) {
    State state = states.get(path);
    if (state == null) {
      states.put(path, new State(path, document));
      generation++;
    } else if (!Arrays.equals(state.document.bytes(), document.bytes())) {
      Map<String, ModuleExports> before = state.read.exports();
      state.read = state.extractor.read(path, document.bytes());
      state.document = document;
      state.linked = null;
      if (!before.equals(state.read.exports())) {
        generation++;
      }
    }
  }

  /** Frees what the documents hold. */
  synchronized void close() {
    states.values().forEach(state -> state.extractor.close());
    states.clear();
  }

  private Exports onScreen() {
    SourceSet modules = new SourceSet();
    states.values().forEach(state -> modules.add(state.read.exports().values()));
    return modules;
  }
}
