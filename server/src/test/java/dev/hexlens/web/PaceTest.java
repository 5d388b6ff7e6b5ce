package dev.hexlens.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Offset<Double> ABOUT = within(1e-9);

  private final Pace pace = new Pace(seconds(100));

  @Test
  void countsFromTheStartUntilHalfAMinuteIsOver() {
    pace.done(seconds(101));
    pace.done(seconds(102));
    assertThat(pace.rate(seconds(104))).isEqualTo(0.5, ABOUT);
  }

  @Test
  void forgetsWhatIsOlderThanHalfAMinute() {
    for (int second = 0; second < 60; second++) {
      pace.done(seconds(100 + second));
    }
    assertThat(pace.rate(seconds(160))).isEqualTo(1.0, ABOUT);
    assertThat(pace.rate(seconds(300))).isZero();
  }

  @Test
  void guessesWhatIsLeft() {
    pace.done(seconds(101));
    assertThat(pace.remaining(10, seconds(102)).orElseThrow()).isEqualTo(20.0, ABOUT);
    assertThat(pace.remaining(10, seconds(300))).isEmpty();
  }

  @Test
  void aLongRunGetsLongerBarsAndLosesNothing() {
    for (int second = 0; second < 1000; second++) {
      pace.done(seconds(100 + second));
    }
    Pace.Chart chart = pace.chart(seconds(1099));
    assertThat(chart.barSeconds()).isEqualTo(16);
    assertThat(chart.bars().stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
    assertThat(chart.bars()).hasSize(63).startsWith(16, 16, 16);
  }

  @Test
  void nothingDoneIsNoRateAndOneEmptyBar() {
    assertThat(pace.rate(seconds(100))).isZero();
    assertThat(pace.chart(seconds(100)).bars()).containsExactly(0);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
