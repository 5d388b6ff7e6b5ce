package dev.hexlens.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IndexesTest {
  private static final String DEFINITIONS =
      "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1";

  @Test
  void whatIsTakenAwayForABulkLoadIsBuiltAgainAsItWas() {
    try (Database database = TestDatabase.empty("indexes_test")) {
      List<String> before = StoreRows.query(database, DEFINITIONS);
      Indexes indexes = new Indexes(database);

      indexes.beforeBulk();
      assertThat(StoreRows.query(database, DEFINITIONS)).hasSize(before.size() - 3);
      assertThat(indexes.isIncomplete()).isTrue();

      indexes.afterBulk();
      assertThat(StoreRows.query(database, DEFINITIONS)).isEqualTo(before);
      assertThat(indexes.isIncomplete()).isFalse();
    }
  }
}
