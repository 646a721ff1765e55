package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RepairBudgetTest {
  @Test
  void aBurstIsThereFromTheBeginning() {
    RepairBudget budget = new RepairBudget(4, 10);
    assertThat(budget.take(7)).isTrue();
    assertThat(budget.take(4)).isFalse();
    assertThat(budget.take(3)).isTrue();
    assertThat(budget.isSpent()).isTrue();
  }

  @Test
  void whatPassesEarnsAShare() {
    RepairBudget budget = new RepairBudget(4, 10);
    budget.take(10);
    for (int i = 0; i < 7; i++) {
      budget.packet();
    }
    assertThat(budget.take(2)).isFalse();
    budget.packet();
    assertThat(budget.take(2)).isTrue();
    assertThat(budget.take(0)).isTrue();
  }

  @Property(tries = 200)
  void neverMoreThanTheBurstAndTheShare(
      @ForAll @IntRange(min = 1, max = 10) int share,
      @ForAll @IntRange(min = 1, max = 50) int burst,
      @ForAll @IntRange(max = 500) int packets,
      @ForAll @IntRange(min = 1, max = 20) int wanted) {
    RepairBudget budget = new RepairBudget(share, burst);
    int repaired = 0;
    for (int i = 0; i < packets; i++) {
      budget.packet();
      repaired += budget.take(wanted) ? wanted : 0;
      assertThat(repaired * share).isLessThanOrEqualTo(burst * share + i + 1);
    }
  }
}
