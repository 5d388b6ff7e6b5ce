package dev.hexlens.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.search.SymbolMatcher.Match;
import dev.hexlens.search.SymbolMatcher.Tier;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SymbolMatcherTest {
  @ParameterizedTest
  @CsvSource({
    "map, Enum.map, EXACT",
    "Enum.map, Enum.map, EXACT",
    "enum.map/2, Enum.map, EXACT",
    "LiveView, Phoenix.LiveView, EXACT",
    "+, Bookshop.Money.+, EXACT",
    "ma, Enum.map, PREFIX",
    "enum.m, Enum.map, PREFIX",
    "enu, Enum.map, PREFIX",
    "view, Phoenix.LiveView, WORD_START",
    "event, Phoenix.LiveView.handle_event, WORD_START",
    "liveview.handle, Phoenix.LiveView.handle_event, WORD_START",
    "default, Jot.Formatter.@default, WORD_START",
    "enmap, Enum.map, HUMPS",
    "plv, Phoenix.LiveView, HUMPS",
    "lvhe, Phoenix.LiveView.handle_event, HUMPS",
    "getuser, Bookshop.Accounts.get_user!, HUMPS",
    "nu, Enum.map, SUBSTRING",
    "emp, Enum.map, SUBSEQUENCE"
  })
  void theBestWayInWhichATextIsMetCounts(String typed, String name, Tier tier) {
    assertThat(new SymbolMatcher(typed).match(name).map(Match::tier)).contains(tier);
  }

  @ParameterizedTest
  @CsvSource({"pam, Enum.map", "maps, Enum.map", "mapenum, Enum.map", "x, Enum.map"})
  void lettersThatAreMissingOrInAnotherOrderAreNoMatch(String typed, String name) {
    assertThat(new SymbolMatcher(typed).match(name)).isEmpty();
  }

  @Test
  void betterMatchesComeFirst() {
    SymbolMatcher matcher = new SymbolMatcher("map");
    List<String> ordered =
        Stream.of("Enum.flat_map", "Stream.map_every", "Big.Amps.tab", "Enum.map", "Remapped.x")
            .filter(name -> matcher.match(name).isPresent())
            .sorted(Comparator.comparing(name -> matcher.match(name).orElseThrow()))
            .toList();
    assertThat(ordered)
        .containsExactly("Enum.map", "Stream.map_every", "Enum.flat_map", "Remapped.x");
  }

  @Test
  void aHumpThatLeadsNowhereIsNotTheOneTaken() {
    // The first `e` begins Ecto; only the second one goes on with `num`.
    assertThat(new SymbolMatcher("enum.m").match("Ecto.Enum.map").map(Match::tier))
        .contains(Tier.WORD_START);
    assertThat(new SymbolMatcher("enumm").match("Ecto.Enum.map").map(Match::tier))
        .contains(Tier.HUMPS);
  }

  @Test
  void caseTellsEqualAnswersApart() {
    SymbolMatcher matcher = new SymbolMatcher("Repo");
    assertThat(matcher.match("Ecto.Repo").orElseThrow())
        .isLessThan(matcher.match("Shop.repo").orElseThrow());
  }
}
