package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.meetjar.config.AdmissionSettings;

/** The processors are full when every media loop has been busy for some seconds. */
class OverloadTest {
  private static final long SECOND = 1_000_000_000L;

  private final Overload overload = new Overload(new AdmissionSettings(0.9, Duration.ofSeconds(5)));

  @Test
  void lastsAfterSomeSeconds() {
    for (int second = 0; second < 5; second++) {
      overload.sample(0.95, second * SECOND);
      assertThat(overload.lasts()).as("after %s seconds", second).isFalse();
    }
    overload.sample(0.95, 5 * SECOND);
    assertThat(overload.lasts()).isTrue();
    overload.sample(0.5, 6 * SECOND);
    assertThat(overload.lasts()).isFalse();
  }

  @Test
  void aBreathBeginsTheTimeAnew() {
    overload.sample(1, 0);
    overload.sample(0.1, 4 * SECOND);
    overload.sample(1, 5 * SECOND);
    overload.sample(1, 9 * SECOND);
    assertThat(overload.lasts()).isFalse();
    overload.sample(1, 10 * SECOND);
    assertThat(overload.lasts()).isTrue();
  }

  @Test
  void canBeSwitchedOff() {
    Overload never = new Overload(new AdmissionSettings(1, Duration.ZERO));
    never.sample(1, 0);
    never.sample(1, SECOND);
    assertThat(never.lasts()).isFalse();
  }
}
