package dev.hexlens.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The index of texts as it grows and shrinks. Content N holds the words content and xN. */
final class TextPostingsTest {
  private Database database;
  private TextPostings postings;

  @BeforeEach
  void open() {
    database = TestDatabase.empty("text_postings_test");
    postings = new TextPostings(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(int from, int to) {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          try (PreparedStatement content =
                  connection.prepareStatement(
                      "INSERT INTO content VALUES (?, '', 'elixir', true, 0, ?)");
              PreparedStatement pending =
                  connection.prepareStatement("INSERT INTO text_pending VALUES (?)")) {
            for (int id = from; id < to; id++) {
              String text = "content x%d".formatted(id);
              content.setLong(1, id);
              content.setBytes(2, Compression.compress(text.getBytes(StandardCharsets.UTF_8)));
              content.execute();
              pending.setLong(1, id);
              pending.execute();
            }
          }
        });
  }

  private Set<Long> find(String text) {
    return database.withConnection(connection ->
        Arrays.stream(TextPostings.find(connection, new TextTerms.Run(text)).toArray())
            .boxed()
            .collect(Collectors.toSet()));
  }

  private List<String> sizes() {
    return StoreRows.query(database, "SELECT length(contents) / 8 FROM text_segment ORDER BY 1");
  }

  private List<String> pending() {
    return StoreRows.query(database, "SELECT count(*) FROM text_pending");
  }

  @Test
  void aFewWaitAndAreAlwaysProposed() {
    add(1, 100);
    postings.build();

    assertThat(sizes()).isEmpty();
    assertThat(find("nowhere")).hasSize(99);
  }

  @Test
  void manyMakeASegment() {
    add(1, 1_000);
    postings.build();

    assertThat(sizes()).containsExactly("999");
    assertThat(pending()).containsExactly("0");
    assertThat(find("content")).hasSize(999);
    assertThat(find("CONTENT X77")).contains(77L, 770L, 779L).hasSizeLessThan(20);
    assertThat(find("x7")).contains(7L, 77L).hasSizeLessThan(200);
    assertThat(find("nowhere")).isEmpty();
  }

  @Test
  void aSegmentIsNoLargerThanItsListsAllow() {
    add(1, 5_001);
    postings.build();

    assertThat(sizes()).containsExactly("904", "4096");
    assertThat(find("x4999")).contains(4_999L).hasSizeLessThan(20);
  }

  @Test
  void smallSegmentsGrowTogether() {
    add(1, 301);
    postings.build();
    add(301, 601);
    postings.build();
    assertThat(sizes()).containsExactly("600");

    add(601, 901);
    postings.build();

    assertThat(sizes()).containsExactly("300", "600");
    assertThat(find("x450")).contains(450L).hasSizeLessThan(10);
    assertThat(find("content")).hasSize(900);
  }

  @Test
  void whatHasGoneIsLeftOutInTheEnd() {
    add(1, 1_001);
    postings.build();
    StoreRows.query(database, "DELETE FROM content WHERE content_id <= 600 RETURNING 1");
    add(2_001, 2_301);
    postings.build();

    assertThat(sizes()).containsExactly("700");
    assertThat(find("content")).hasSize(700).doesNotContain(600L);
  }

  @Test
  void aLookUpReadsTheListsOfItsSlotsOnly() {
    add(1, 5_001);
    postings.build();
    database.useConnection(
        Cancellation.NONE,
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("ANALYZE text_postings");
          }
        });

    assertThat(
            StoreRows.query(
                database, "EXPLAIN " + TextPostings.FIND.replace("?", "'{5, 77}'::smallint[]")))
        .anyMatch(line -> line.contains("text_postings_pkey"))
        .noneMatch(line -> line.contains("Seq Scan on text_postings"));
  }
}
