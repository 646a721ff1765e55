package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopTasksTest {
  private long now;
  private int ran;
  private final LoopTasks tasks = new LoopTasks(() -> now);

  private void add(int count, long eachNanos) {
    for (int i = 0; i < count; i++) {
      tasks.add(
          () -> {
            now += eachNanos;
            ran++;
          });
    }
  }

  @Test
  void withTimeAllOfThemRun() {
    add(100, 1_000_000);
    assertThat(tasks.run(Long.MAX_VALUE)).isTrue();
    assertThat(ran).isEqualTo(100);
    assertThat(tasks.run(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void whenPacketsWaitTheRestIsLeftForLater() {
    add(10, 400_000);
    assertThat(tasks.run(1_000_000)).isTrue();
    assertThat(ran).isEqualTo(3);
    assertThat(tasks.isEmpty()).isFalse();
  }

  @Test
  void oneRunsHoweverLongItTakes() {
    add(2, 50_000_000);
    tasks.run(1_000_000);
    assertThat(ran).isEqualTo(1);
    tasks.run(1_000_000);
    assertThat(ran).isEqualTo(2);
  }
}
