package org.meetjar.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairLimitTest {
  private static final long MS = 1_000_000;

  /** A thousand octets a millisecond. */
  private final RepairLimit limit = new RepairLimit(1e-3, 0);

  @Test
  void aPacketIsNotSentTwiceWithinARoundTrip() {
    assertThat(limit.admit(1, 7, 1000, MS)).isTrue();
    assertThat(limit.admit(1, 7, 1000, 20 * MS)).isFalse();
    assertThat(limit.admit(1, 8, 1000, 20 * MS)).isTrue();
    assertThat(limit.admit(1, 7, 1000, 40 * MS)).isTrue();
  }

  @Test
  void inTheLongRunNoMoreIsRepeatedThanSent() {
    int sent = 0;
    for (int i = 0; i < 100_000; i++) {
      sent += limit.admit(2, i, 1000, i * MS / 10) ? 1 : 0;
    }

    assertThat(sent).as("ten seconds and the window").isBetween(10_000, 10_501);
  }
}
