package org.meetjar.load.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void percentilesAreRightWithinThreePercent() {
    for (int ms = 1; ms <= 1000; ms++) {
      histogram.add(ms * 1_000_000L);
    }

    assertThat(histogram.count()).isEqualTo(1000);
    assertThat(histogram.percentileMs(0.5)).isCloseTo(500, within(500 * 0.04));
    assertThat(histogram.percentileMs(0.99)).isCloseTo(990, within(990 * 0.04));
    assertThat(histogram.maxMs()).isEqualTo(1000);
  }

  @Test
  void nothingIsZero() {
    assertThat(histogram.percentileMs(0.99)).isZero();
    assertThat(histogram.maxMs()).isZero();
  }

  @Test
  void extremesFit() {
    histogram.add(-1);
    histogram.add(0);
    histogram.add(Long.MAX_VALUE);

    assertThat(histogram.count()).isEqualTo(3);
    assertThat(histogram.percentileMs(0.1)).isLessThan(0.001);
  }

  @Test
  void clearedItBeginsAnew() {
    histogram.add(5_000_000);
    histogram.clear();

    assertThat(histogram.count()).isZero();
    assertThat(histogram.percentileMs(0.5)).isZero();
  }
}
