package dev.hexlens.cli;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.FileSearch;
import dev.hexlens.pattern.FileView;
import dev.hexlens.pattern.Filter;
import dev.hexlens.pattern.Filter.CommentPlace;
import dev.hexlens.pattern.Guard;
import dev.hexlens.pattern.Match;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.PatternException;
import dev.hexlens.pattern.Query;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers conformance cases: one JSON object a line with {@code pattern}, {@code source} and
 * optionally {@code inside}, {@code not_inside}, {@code where}, {@code steps}; one JSON line each,
 * in order, with the matches or the error.
 */
final class GrepCases {
  private final Linker linker = new Linker(ElixirExports.instance());
  private final Gson gson = new Gson();

  void answer(Path cases, PrintStream out) throws IOException {
    try (ElixirReader reader = new ElixirReader()) {
      for (String line : Files.readAllLines(cases)) {
        if (!line.isBlank()) {
          out.println(gson.toJson(answer(JsonParser.parseString(line).getAsJsonObject(), reader)));
        }
      }
    }
  }

  private JsonObject answer(JsonObject given, ElixirReader reader) {
    JsonObject answer = new JsonObject();
    try {
      Query query = query(given);
      byte[] source = given.get("source").getAsString().getBytes(StandardCharsets.UTF_8);
      QuotedTree tree = reader.read("case.ex", source);
      FileView file = new FileView(tree, source, () -> linker.names(Facts.of(tree, source)));
      JsonArray matches = new JsonArray();
      for (Match match : new FileSearch(file).find(query)) {
        JsonObject object = new JsonObject();
        object.add("start", MatchPrinter.place(file.lines(), match.start()));
        object.add("end", MatchPrinter.place(file.lines(), match.end()));
        object.add("captures", MatchPrinter.captures(match));
        matches.add(object);
      }
      answer.add("matches", matches);
    } catch (PatternException e) {
      answer.addProperty("error", e.toString());
    }
    return answer;
  }

  private static Query query(JsonObject given) {
    List<Filter> filters = new ArrayList<>();
    if (given.has("inside")) {
      filters.add(new Filter.Inside(Pattern.parse(given.get("inside").getAsString())));
    }
    if (given.has("not_inside")) {
      Pattern pattern = Pattern.parse(given.get("not_inside").getAsString());
      filters.add(new Filter.Not(new Filter.Inside(pattern)));
    }
    if (given.has("where")) {
      filters.addAll(filters(given.getAsJsonArray("where")));
    }
    List<Query.Step> steps = new ArrayList<>();
    if (given.has("steps")) {
      for (JsonElement each : given.getAsJsonArray("steps")) {
        JsonArray step = each.getAsJsonArray();
        Pattern pattern = Pattern.parse(step.get(1).getAsString());
        steps.add(
            step.get(0).getAsString().equals("child")
                ? new Query.Step.Child(pattern)
                : new Query.Step.Descendant(pattern));
      }
    }
    return new Query(Pattern.parse(given.get("pattern").getAsString()), filters, steps);
  }

  private static List<Filter> filters(JsonArray given) {
    List<Filter> filters = new ArrayList<>();
    given.forEach(each -> filters.add(filter(each.getAsJsonArray())));
    return filters;
  }

  private static Filter filter(JsonArray given) {
    String name = given.get(0).getAsString();
    return switch (name) {
      case "inside", "ancestor" -> new Filter.Inside(pattern(given));
      case "contains", "has", "has_descendant" -> new Filter.Contains(pattern(given));
      case "parent" -> new Filter.Parent(pattern(given));
      case "has_child" -> new Filter.HasChild(pattern(given));
      case "follows" -> new Filter.Follows(pattern(given), false);
      case "precedes" -> new Filter.Precedes(pattern(given), false);
      case "immediately_follows" -> new Filter.Follows(pattern(given), true);
      case "immediately_precedes" -> new Filter.Precedes(pattern(given), true);
      case "comment" -> comment(given, CommentPlace.ANYWHERE);
      case "comment_before" -> comment(given, CommentPlace.BEFORE);
      case "comment_after" -> comment(given, CommentPlace.AFTER);
      case "comment_inside" -> comment(given, CommentPlace.INSIDE);
      case "comment_inline" -> comment(given, CommentPlace.INLINE);
      case "guard" -> new Filter.Where(Guard.parse(given.get(1).getAsString()));
      case "piped" -> new Filter.Piped();
      case "first" -> new Filter.Nth(1);
      case "last" -> new Filter.Last();
      case "nth" -> new Filter.Nth(given.get(1).getAsInt());
      case "any" -> new Filter.AnyOf(filters(given.get(1).getAsJsonArray()));
      case "all" -> new Filter.AllOf(filters(given.get(1).getAsJsonArray()));
      default -> {
        if (!name.startsWith("not_")) {
          throw new CommandFailure("a case's filter `" + name + "` is unknown");
        }
        JsonArray positive = given.deepCopy();
        positive.set(0, JsonParser.parseString('"' + name.substring(4) + '"'));
        yield new Filter.Not(filter(positive));
      }
    };
  }

  private static Pattern pattern(JsonArray given) {
    return Pattern.parse(given.get(1).getAsString());
  }

  private static Filter comment(JsonArray given, CommentPlace place) {
    return new Filter.HasComment(place, given.get(1).getAsString());
  }
}
