package org.meetjar.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentFateTest {
  private final Tally tally = new Tally();
  private final SentFate fate = new SentFate(tally);

  @Test
  void whatTheServerNeverGotIsLostUntilItSaysOtherwise() {
    fate.sent(1);
    fate.sent(2);
    fate.status(1, 1000);
    fate.status(2, -1);
    fate.status(2, -1);
    assertThat(tally.lostUplink).isEqualTo(1);

    fate.status(2, 1000);
    assertThat(tally.lostUplink).isZero();
  }

  @Test
  void whatWasNeverSentIsNotLost() {
    fate.status(7, -1);

    assertThat(tally.lostUplink).isZero();
  }
}
