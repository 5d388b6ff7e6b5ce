package dev.hexlens.cli;

import com.google.gson.JsonObject;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.search.UsageSearch.Hit;
import dev.hexlens.search.UsageSearch.Usage;
import dev.hexlens.store.FileFacts;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is told of definitions and references. */
final class UsageAnswer {
  private UsageAnswer() {}

  /** As the facts of a file are told. */
  static Answer of(Hit hit) {
    Usage usage = hit.usage();
    Symbol in = usage.in();
    FileFacts.Defined defined = usage.definition();
    return defined == null
        ? answer(hit, () -> reference(hit), () -> in == null ? null : in.module(), null)
        : answer(hit, () -> definition(usage.symbol(), defined), usage.symbol()::module, null);
  }

  /** A definition that was looked for by its name. */
  static Answer named(Symbol symbol, Hit hit) {
    FileFacts.Defined defined = Objects.requireNonNull(hit.usage().definition());
    String kind = defined.kind().printed();
    return answer(
        hit,
        () -> {
          JsonObject object = new JsonObject();
          object.addProperty("symbol", symbol.printed());
          object.addProperty("kind", kind);
          return object;
        },
        symbol::module,
        kind + " " + symbol.printed());
  }

  private static Answer answer(
      Hit hit,
      Supplier<JsonObject> json,
      Supplier<@Nullable String> module,
      @Nullable String called) {
    return new Answer(
        hit.at().packageName(),
        hit.at().version(),
        hit.at().path(),
        hit.source(),
        hit.lines(),
        hit.usage().start(),
        hit.usage().end(),
        json,
        module,
        called);
  }

  private static JsonObject reference(Hit hit) {
    Usage usage = hit.usage();
    Symbol in = usage.in();
    JsonObject object = new JsonObject();
    object.addProperty("fact", "reference");
    object.addProperty("kind", usage.kind());
    object.addProperty("written", QuotedTree.slice(hit.source(), usage.start(), usage.end()));
    object.addProperty("target", usage.symbol().printed());
    object.addProperty("certainty", usage.certainty().name().toLowerCase(Locale.ROOT));
    object.addProperty("in", in == null ? null : in.printed());
    return object;
  }

  private static JsonObject definition(Symbol symbol, FileFacts.Defined defined) {
    JsonObject object = new JsonObject();
    object.addProperty("fact", "definition");
    object.addProperty("kind", defined.kind().printed());
    object.addProperty("module", symbol.module());
    object.addProperty("name", symbol.name());
    object.addProperty("arity", symbol.arity());
    return object;
  }
}
