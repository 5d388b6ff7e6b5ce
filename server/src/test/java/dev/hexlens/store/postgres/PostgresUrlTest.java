package dev.hexlens.store.postgres;

import static dev.hexlens.store.postgres.MigrationsTest.assertThatKind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.store.postgres.DatabaseConfig.Place;
import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can say about where the database is: URLs, prefixes, the home. */
class PostgresUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "postgresql://ann:s3cret@db.example:5433/lens | db.example:5433 | lens | ann | s3cret",
        "postgres://ann@db.example/lens               | db.example      | lens | ann | -",
        "postgresql://ann:p%40ss%2Fw@h/l%20x          | h               | l x  | ann | p@ss/w",
        "postgresql://ann:a+b@h/l                     | h               | l    | ann | a+b",
        "postgresql://a%40b:c@d@h/l                   | h               | l    | a@b | c@d",
        "postgresql://[::1]:5432/l                    | [::1]:5432      | l    | -   | -",
        "postgresql://h1:1,h2:2/l?user=ann            | h1:1,h2:2       | l    | ann | -",
        "postgresql:///l                              | localhost       | l    | -   | -",
        "jdbc:postgresql://h:1/l?user=ann&password=pw | h:1             | l    | ann | pw",
        "jdbc:postgresql:l                            | localhost       | l    | -   | -",
      })
  void bothFormsAreRead(String url, String hosts, String database, String user, String password) {
    PostgresUrl parsed = PostgresUrl.parse(url);
    assertThat(parsed.hosts()).isEqualTo(hosts);
    assertThat(parsed.database()).isEqualTo(database);
    assertThat(parsed.user()).isEqualTo(user);
    assertThat(parsed.password()).isEqualTo(password);
    assertThat(PostgresUrl.parse(parsed.withPassword())).isEqualTo(parsed);
  }

  @Test
  void parametersGetTheDriversNamesAndTheirOwnBack() {
    var url = PostgresUrl.parse("postgresql://h/l?sslmode=require&connect_timeout=3");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h/l?sslmode=require&connectTimeout=3");
    assertThat(url.withPassword()).isEqualTo("postgresql://h/l?sslmode=require&connect_timeout=3");
  }

  @Test
  void thePasswordIsNotShown() {
    var url = PostgresUrl.parse("postgresql://ann:s3cret@h/l");
    assertThat(url.withoutPassword()).isEqualTo("postgresql://ann@h/l");
    assertThat(url).hasToString("postgresql://ann@h/l");
    assertThat(url.jdbcUrl()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://h/l", "db.example", "jdbc:mysql://h/l", "postgresql://u:%zz@h/"})
  void otherTextIsRefusedWithoutRepeatingIt(String url) {
    assertThatKind(() -> PostgresUrl.parse(url), Kind.BAD_CONFIGURATION)
        .hasMessageContaining("write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE")
        .hasMessageNotContaining(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hex", "9lives", "a-b", "a.b", "pg_mine", "public", "a\"b"})
  void otherNamesAreNoPrefixes(String name) {
    assertThatKind(() -> new Prefix(name), Kind.BAD_CONFIGURATION)
        .hasMessageContaining("'" + name + "' can't be a prefix: name it with 1 to 63 of a-z");
  }

  @Test
  void aPrefixHasSixtyThreeCharactersAtMost() {
    assertThat(new Prefix("a".repeat(63)).name()).hasSize(63);
    assertThatKind(() -> new Prefix("a".repeat(64)), Kind.BAD_CONFIGURATION);
  }

  @Test
  void theEnvironmentNamesThePlace() {
    assertThat(DatabaseConfig.placeFrom(Map.of("HEXLENS_HOME", "/data")))
        .isEqualTo(new Place.Embedded(Path.of("/data")));
    assertThat(DatabaseConfig.placeFrom(Map.of("HEXLENS_DATABASE_URL", "postgres://h/l")))
        .isEqualTo(new Place.ByUrl(PostgresUrl.parse("postgres://h/l")));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, false, /home/ann/.local/share/hexlens",
    "Linux, true, /var/lib/hexlens",
    "Mac OS X, false, /home/ann/Library/Application Support/hexlens",
    "Windows 11, false, /home/ann/AppData/Local/hexlens",
  })
  void theHomeIsWhereTheSystemKeepsData(String system, boolean root, Path home) {
    assertThat(HexLensHome.of(Map.of(), system, Path.of("/home/ann"), root)).isEqualTo(home);
  }

  @Test
  void theEnvironmentNamesTheHome() {
    var home = Path.of("/home/ann");
    assertThat(HexLensHome.of(Map.of("XDG_DATA_HOME", "/xdg"), "Linux", home, true))
        .isEqualTo(Path.of("/xdg/hexlens"));
    assertThat(HexLensHome.of(Map.of("XDG_DATA_HOME", "relative"), "Linux", home, false))
        .isEqualTo(Path.of("/home/ann/.local/share/hexlens"));
    assertThat(HexLensHome.of(Map.of("HEXLENS_HOME", "/here/../there"), "Linux", home, false))
        .isEqualTo(Path.of("/there"));
  }
}
