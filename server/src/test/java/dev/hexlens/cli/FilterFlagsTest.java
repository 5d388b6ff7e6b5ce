package dev.hexlens.cli;

import static dev.hexlens.cli.AllVersions.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.hexlens.search.FilterTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each filter's flag narrows and never adds; its opposite gives the rest. */
final class FilterFlagsTest {
  @BeforeAll
  static void index() throws Exception {
    AllVersions.index();
  }

  static Stream<FilterTable.Row> rows() {
    return FilterTable.ROWS.stream();
  }

  private static List<JsonObject> search(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addFirst("search");
    return json(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aFilterNarrows(FilterTable.Row row) {
    List<JsonObject> all = search(List.of(row.pattern()));
    List<JsonObject> filtered = search(row.arguments());
    assertThat(filtered).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(all).containsAll(filtered);
  }
}
