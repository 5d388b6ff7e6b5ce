package dev.hexlens.cli;

import com.google.gson.stream.JsonWriter;
import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the facts of one file, a line each, for people or as JSON. */
final class FactsPrinter {
  private final @Nullable String packageName;
  private final @Nullable String version;
  private final String path;
  private final byte[] source;
  private final LineIndex lines;

  FactsPrinter(@Nullable String packageName, @Nullable String version, String path, byte[] source) {
    this.packageName = packageName;
    this.version = version;
    this.path = path;
    this.source = source;
    this.lines = LineIndex.of(source);
  }

  String text(Definition definition) {
    return place(definition.nameStart())
        + "  "
        + definition.kind().printed()
        + " "
        + definition.symbol().printed();
  }

  String text(Reference reference) {
    Symbol target = reference.target();
    return place(reference.start())
        + "  "
        + reference.kind().printed()
        + " "
        + reference.written(source)
        + " -> "
        + (target == null ? "?" : target.printed())
        + (reference.certainty() == Certainty.INFERRED ? " (inferred)" : "");
  }

  private String place(int offset) {
    String shown =
        packageName == null ? "" : packageName + (version == null ? "" : "@" + version) + " ";
    return shown + path + ":" + lines.line(offset) + ":" + lines.column(offset);
  }

  String json(Definition definition) {
    return line(json -> {
      json.name("fact").value("definition");
      range(json, definition.nameStart(), definition.nameEnd());
      json.name("kind").value(definition.kind().printed());
      json.name("module").value(definition.module());
      json.name("name").value(definition.name());
      json.name("arity");
      if (definition.maxArity() < 0) {
        json.nullValue();
      } else {
        json.value(definition.maxArity());
      }
      json.name("clauses").beginArray();
      for (Definition.Clause clause : definition.clauses()) {
        position(json, clause.nameStart());
      }
      json.endArray();
      if (definition.quoted()) {
        json.name("quoted").value(true);
      }
    });
  }

  String json(Reference reference) {
    Symbol target = reference.target();
    Symbol in = reference.in();
    return line(json -> {
      json.name("fact").value("reference");
      range(json, reference.start(), reference.end());
      json.name("kind").value(reference.kind().printed());
      json.name("written").value(reference.written(source));
      json.name("target").value(target == null ? null : target.printed());
      json.name("certainty").value(reference.certainty().name().toLowerCase(Locale.ROOT));
      json.name("in").value(in == null ? null : in.printed());
      if (reference.quoted()) {
        json.name("quoted").value(true);
      }
    });
  }

  @FunctionalInterface
  private interface Fields {
    void write(JsonWriter json) throws IOException;
  }

  private String line(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setSerializeNulls(true);
      json.setHtmlSafe(false);
      json.beginObject();
      json.name("package").value(packageName);
      json.name("version").value(version);
      json.name("path").value(path);
      fields.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void range(JsonWriter json, int start, int end) throws IOException {
    json.name("start");
    position(json, start);
    json.name("end");
    position(json, end);
  }

  private void position(JsonWriter json, int offset) throws IOException {
    json.beginArray().value(lines.line(offset)).value(lines.column(offset)).endArray();
  }
}
