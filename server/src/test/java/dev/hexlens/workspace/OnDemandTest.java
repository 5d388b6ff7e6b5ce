package dev.hexlens.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.store.postgres.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnDemandTest {
  private final AtomicInteger openings = new AtomicInteger();
  private final List<String> closed = new ArrayList<>();

  private OnDemand<String> store() {
    return new OnDemand<>("the store", () -> "opening " + openings.incrementAndGet(), closed::add);
  }

  @Test
  void itIsOpenedForTheFirstWhoAsksAndClosedOnce() {
    OnDemand<String> store = store();
    assertThat(openings).hasValue(0);
    assertThat(store.get()).isEqualTo("opening 1");
    assertThat(store.get()).isEqualTo("opening 1");
    store.close();
    store.close();
    assertThat(closed).containsExactly("opening 1");
  }

  @Test
  void whoAsksAfterItWasClosedIsCancelled() {
    OnDemand<String> store = store();
    store.close();
    assertThat(store.isClosed()).isTrue();
    assertThatThrownBy(store::get)
        .isInstanceOf(CancellationException.class)
        .hasMessage("the store is closed");
    assertThat(openings).hasValue(0);
  }

  @Test
  void rightAfterAFailureNobodyTriesAgain() {
    Map<String, String> nobodyThere =
        Map.of(DatabaseConfig.URL_VARIABLE, "postgresql://nobody:x@127.0.0.1:1/nothing");
    var config =
        new DatabaseConfig(DatabaseConfig.placeFrom(nobodyThere), new Prefix("on_demand"), 1);
    try (HexStore store = new HexStore(config, note -> {})) {
      DatabaseException first = catchThrowableOfType(DatabaseException.class, store::open);
      assertThat(first).isNotNull();
      assertThatThrownBy(store::open).isSameAs(first);
    }
  }
}
