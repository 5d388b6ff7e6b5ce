package dev.hexlens.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file must hold for a text to be found in it. Large and small letters of ASCII count as the
 * same, so whoever looks for either finds both.
 */
public sealed interface TextTerms {
  /** Nothing is known: every file may hold it. */
  static TextTerms anything() {
    return new AllOf(List.of());
  }

  /** These characters in a row. */
  record Run(String text) implements TextTerms {
    /** As they are indexed. */
    byte[] bytes() {
      return TextGrams.folded(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** All of these; none: anything. */
  record AllOf(List<TextTerms> terms) implements TextTerms {
    public AllOf {
      terms = List.copyOf(terms);
    }
  }

  /** One of these. */
  record AnyOf(List<TextTerms> terms) implements TextTerms {
    public AnyOf {
      terms = List.copyOf(terms);
    }
  }

  /** Whether it rules nothing out. */
  default boolean isAnything() {
    return switch (this) {
      case Run run -> run.bytes().length < TextGrams.PAIR;
      case AllOf all -> all.terms().stream().allMatch(TextTerms::isAnything);
      case AnyOf any -> any.terms().stream().anyMatch(TextTerms::isAnything);
    };
  }

  /** Whether a source may hold it. */
  default boolean mayBeIn(byte[] source) {
    if (isAnything()) {
      return true;
    }
    TextGrams grams = new TextGrams();
    grams.read(source);
    return heldBy(grams);
  }

  private boolean heldBy(TextGrams grams) {
    return switch (this) {
      case Run run -> TextGrams.of(run.bytes()).stream().allMatch(grams::has);
      case AllOf all -> all.terms().stream().allMatch(each -> each.heldBy(grams));
      case AnyOf any -> any.terms().stream().anyMatch(each -> each.heldBy(grams));
    };
  }

  /** What of it can be looked up: each run that is long enough. */
  default List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    collect(runs);
    return runs;
  }

  private void collect(List<Run> runs) {
    switch (this) {
      case Run run -> {
        if (!run.isAnything()) {
          runs.add(run);
        }
      }
      case AllOf all -> all.terms().forEach(each -> each.collect(runs));
      case AnyOf any -> any.terms().forEach(each -> each.collect(runs));
    }
  }
}
