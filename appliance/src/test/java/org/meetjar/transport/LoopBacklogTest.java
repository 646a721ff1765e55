package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopBacklogTest {
  private final LoopBacklog backlog = new LoopBacklog();

  @Test
  void aLoopThatFetchesAllIsNotBehind() {
    for (long now = 0; now < 1_000_000_000L; now += 2_000_000) {
      assertThat(backlog.fetched(false, 0, now)).isZero();
      assertThat(backlog.isBehind(now)).isFalse();
    }
  }

  @Test
  void aLossOfTheSystemsPutsItBehindForAWhile() {
    backlog.fetched(false, 0, 0);
    assertThat(backlog.fetched(false, 12, 1_000)).isEqualTo(12);
    assertThat(backlog.fetched(false, 12, 2_000)).isZero();
    assertThat(backlog.isBehind(2_000)).isTrue();
    assertThat(backlog.isBehind(1_000 + LoopBacklog.AFTER_LOSS_NANOS - 1)).isTrue();
    assertThat(backlog.isBehind(1_000 + LoopBacklog.AFTER_LOSS_NANOS)).isFalse();
    assertThat(backlog.fetched(false, 15, 3_000)).isEqualTo(3);
  }

  @Test
  void aBurstIsNoBacklogButFullTurnsWithoutEndAre() {
    backlog.fetched(true, 0, 0);
    assertThat(backlog.isBehind(0)).isFalse();
    backlog.fetched(false, 0, 10_000_000);
    backlog.fetched(true, 0, 20_000_000);
    assertThat(backlog.isBehind(LoopBacklog.FULL_NANOS)).isFalse();
    backlog.fetched(true, 0, 20_000_000 + LoopBacklog.FULL_NANOS);
    assertThat(backlog.isBehind(20_000_000 + LoopBacklog.FULL_NANOS)).isTrue();
    backlog.fetched(false, 0, 90_000_000);
    assertThat(backlog.isBehind(90_000_000)).isFalse();
  }
}
