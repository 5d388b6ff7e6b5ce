package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {

  /** Answers of Elixir's {@code Version.match?(version, requirement, allow_pre: false)}. */
  @ParameterizedTest(name = "{1} admits {0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.0.0      | >= 0.0.0                           | true
          2.1.9      | ~> 2.1.2                           | true
          2.2.0      | ~> 2.1.2                           | false
          2.1.1      | ~> 2.1.2                           | false
          2.9.0      | ~> 2.1                             | true
          3.0.0      | ~> 2.1                             | false
          3.0.0-rc.1 | ~> 2.1                             | false
          1.0.0-rc.1 | ~> 1.0                             | false
          1.0.0-rc.2 | ~> 1.0-rc.1                        | true
          1.1.0-rc.1 | ~> 1.0.0-rc.0                      | false
          2.0.0-rc   | ~> 1.2-a                           | false
          1.0.0-rc.1 | < 1.0.0                            | true
          1.0.0-rc.1 | <= 1.0.0                           | true
          1.1.0-rc.1 | > 1.0.0                            | false
          1.1.0-rc.1 | >1.0.0-a                           | true
          1.1.0-rc.1 | != 1.0.0                           | true
          1.0.0      | 1.0.0                              | true
          1.0.0+b    | == 1.0.0                           | true
          1.0.0      | == 1.0.0 or == 2.0.0 and == 3.0.0  | true
          3.0.0      | == 1.0.0 and == 2.0.0 or == 3.0.0  | true
          1.5.0      | >= 1.0.0 and < 2.0.0 and != 1.5.0  | false
          1.0.0      | !1.0.0                             | false
          """)
  void asElixirMatches(String version, String requirement, boolean expected) {
    assertThat(Requirement.parse(requirement))
        .hasValueSatisfying(
            each -> assertThat(each.admits(Version.of(version))).isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1.0",
        "== 1.0",
        ">= 1.0",
        "~> 1",
        ">= 0.9.0,< 2.0.0",
        ">= 0.9.0 < 2.0.0",
        "(>= 0.9.0)",
        "and 1.0.0",
        "1.0.0 or",
        "1.0.0 or>= 2.0.0",
        "~> 1.0 and",
        "=> 1.0.0",
        "1.0.0 xor 2.0.0"
      })
  void isNoRequirementToElixirEither(String text) {
    assertThat(Requirement.parse(text)).isEmpty();
  }
}
