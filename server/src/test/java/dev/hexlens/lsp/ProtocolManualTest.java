package dev.hexlens.lsp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import dev.hexlens.protocol.Counts;
import dev.hexlens.protocol.Filters;
import dev.hexlens.protocol.HexLensServer;
import dev.hexlens.protocol.PackageUsages;
import dev.hexlens.protocol.PatternMatch;
import dev.hexlens.protocol.PatternSearchBatch;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.PatternSearchResult;
import dev.hexlens.protocol.ReindexHexArguments;
import dev.hexlens.protocol.Scope;
import dev.hexlens.protocol.SourcePlace;
import dev.hexlens.protocol.StatusParams;
import dev.hexlens.protocol.StatusResult;
import dev.hexlens.protocol.TextMatch;
import dev.hexlens.protocol.TextSearchBatch;
import dev.hexlens.protocol.TextSearchParams;
import dev.hexlens.protocol.TextSearchResult;
import dev.hexlens.protocol.Usage;
import dev.hexlens.protocol.UsagesBatch;
import dev.hexlens.protocol.UsagesParams;
import dev.hexlens.protocol.UsagesResult;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PROTOCOL.md says of our messages what the records say. */
class ProtocolManualTest {
  private static final Path MANUAL = Path.of("..", "protocol-ext", "PROTOCOL.md");
  private static final Gson GSON =
      new MessageJsonHandler(ServiceEndpoints.getSupportedMethods(HexLensServer.class)).getGson();

  private static String manual() throws IOException {
    return Files.readString(MANUAL);
  }

  private static Map<String, Class<?>> types() {
    Map<String, Class<?>> types = new HashMap<>();
    Stream.of(
            Counts.class,
            Filters.class,
            PackageUsages.class,
            PatternMatch.class,
            PatternSearchBatch.class,
            PatternSearchParams.class,
            PatternSearchResult.class,
            PatternSearchResult.Explanation.class,
            ReindexHexArguments.class,
            Scope.class,
            SourcePlace.class,
            StatusParams.class,
            StatusResult.class,
            StatusResult.Folder.class,
            StatusResult.Hex.class,
            TextMatch.class,
            TextSearchBatch.class,
            TextSearchParams.class,
            TextSearchResult.class,
            Usage.class,
            UsagesBatch.class,
            UsagesParams.class,
            UsagesResult.class)
        .forEach(type -> types.put(type.getSimpleName(), type));
    types.put("ReindexHexResult", HexReindexer.Summary.class);
    types.put("HexSettings", Settings.Hex.class);
    types.put("LimitSettings", Settings.Limits.class);
    types.put("HexLensSettings", Settings.class);
    return types;
  }

  @Test
  void everyRecordHasATypeWithItsFields() throws IOException {
    Map<String, Set<String>> documented = interfaces(manual());
    types()
        .forEach((name, type) -> {
          Set<String> fields = new TreeSet<>();
          for (RecordComponent component : type.getRecordComponents()) {
            fields.add(wireName(type, component.getName()));
          }
          assertThat(documented).containsKey(name);
          assertThat(documented.get(name)).as(name).isEqualTo(fields);
        });
  }

  private static String wireName(Class<?> type, String field) {
    try {
      SerializedName name = type.getDeclaredField(field).getAnnotation(SerializedName.class);
      return name == null ? field : name.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Set<String>> interfaces(String manual) {
    Map<String, Set<String>> found = new HashMap<>();
    Matcher type =
        Pattern.compile(
                "^interface (\\w+)(?: extends (\\w+))? \\{(.*?)^?\\}$",
                Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(manual);
    while (type.find()) {
      Set<String> fields = new TreeSet<>();
      Matcher field =
          Pattern.compile("^  (\\w+)\\??:", Pattern.MULTILINE)
              .matcher(requireNonNull(type.group(3)));
      while (field.find()) {
        fields.add(requireNonNull(field.group(1)));
      }
      if (type.group(2) != null) {
        fields.addAll(requireNonNull(found.get(type.group(2))));
      }
      found.put(requireNonNull(type.group(1)), fields);
    }
    return found;
  }

  static List<JsonObject> examples() throws IOException {
    List<JsonObject> examples = new ArrayList<>();
    Matcher block =
        Pattern.compile("^```json\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(manual());
    while (block.find()) {
      examples.add(JsonParser.parseString(requireNonNull(block.group(1))).getAsJsonObject());
    }
    return examples;
  }

  @Test
  void everyMessageHasAnExample() throws IOException {
    assertThat(examples())
        .extracting(example -> example.has("method") ? example.get("method").getAsString() : "")
        .contains(
            "hexlens/patternSearch",
            "hexlens/textSearch",
            "hexlens/usages",
            "hexlens/status",
            "workspace/executeCommand")
        .contains("$/progress");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleReadAndWrittenIsTheSame(JsonObject example) throws IOException {
    JsonElement value;
    Class<?> type;
    if (example.has("hexlens")) {
      value = example.get("hexlens");
      Settings read = Settings.DEFAULT.with(example);
      assertThat(covers(GSON.toJsonTree(read), value)).as("%s in %s", value, read).isTrue();
      return;
    } else if (example.has("error") || example.has("experimental")) {
      return; // nothing of ours
    } else if (example.has("method")) {
      JsonObject params = example.getAsJsonObject("params");
      switch (example.get("method").getAsString()) {
        case "hexlens/patternSearch" -> type = PatternSearchParams.class;
        case "hexlens/textSearch" -> type = TextSearchParams.class;
        case "hexlens/usages" -> type = UsagesParams.class;
        case "hexlens/status" -> type = StatusParams.class;
        case "$/progress" -> {
          params = params.getAsJsonObject("value");
          type =
              params.has("matches")
                  ? PatternSearchBatch.class
                  : params.has("texts") ? TextSearchBatch.class : UsagesBatch.class;
          if (params.has("kind")) {
            return; // the protocol's own
          }
        }
        default -> {
          if (!params.has("arguments")) {
            return;
          }
          params = params.getAsJsonArray("arguments").get(0).getAsJsonObject();
          type = ReindexHexArguments.class;
        }
      }
      value = params;
    } else {
      value = example.get("result");
      if (!value.isJsonObject()) {
        return; // sentences
      }
      JsonObject result = value.getAsJsonObject();
      type =
          Stream.of(
                  PatternSearchResult.class,
                  TextSearchResult.class,
                  UsagesResult.class,
                  StatusResult.class,
                  HexReindexer.Summary.class)
              .filter(each -> result.has(firstField(each)))
              .findFirst()
              .orElseThrow();
    }
    assertThat(GSON.toJsonTree(GSON.fromJson(value, type))).isEqualTo(value);
  }

  private static String firstField(Class<?> type) {
    return Arrays.asList(type.getRecordComponents()).getFirst().getName();
  }

  /** Whether all of a part stands in the whole. */
  private static boolean covers(JsonElement whole, JsonElement part) {
    return part.isJsonObject()
        ? part.getAsJsonObject().entrySet().stream()
            .allMatch(entry ->
                whole.isJsonObject()
                    && whole.getAsJsonObject().has(entry.getKey())
                    && covers(whole.getAsJsonObject().get(entry.getKey()), entry.getValue()))
        : whole.equals(part);
  }
}
