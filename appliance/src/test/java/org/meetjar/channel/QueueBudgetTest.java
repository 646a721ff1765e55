package org.meetjar.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What waits for clients is bounded in all, and only those with most of it have to go. */
class QueueBudgetTest {
  private final QueueBudget budget = new QueueBudget(1000);

  @Test
  void asLongAsItSufficesEverybodyMayUseIt() {
    budget.open();
    budget.open();
    budget.add(1000);
    assertThat(budget.allows(1000)).isTrue();
  }

  @Test
  void whenItDoesNotThoseWithMoreThanTheirShareGo() {
    for (int i = 0; i < 4; i++) {
      budget.open();
    }
    budget.add(1001);
    assertThat(budget.allows(250)).isTrue();
    assertThat(budget.allows(251)).isFalse();
    budget.remove(1);
    assertThat(budget.allows(251)).isTrue();
  }

  @Test
  void whatIsGivenBackIsThereAgain() {
    budget.open();
    budget.add(600);
    budget.open();
    budget.add(600);
    assertThat(budget.allows(600)).isFalse();
    budget.close(600);
    assertThat(budget.usedBytes()).isEqualTo(600);
    assertThat(budget.allows(600)).isTrue();
  }
}
