package org.meetjar.load.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream carries what the server says that it carries. */
class SourceCheckerTest {
  private static final int ANN = Mark.sender("ann");
  private static final int BOB = Mark.sender("bob");
  private static final long SECOND = 1_000_000_000L;

  private final List<Fault> faults = new ArrayList<>();
  private final SourceChecker checker =
      new SourceChecker(
          new StreamListener() {
            @Override
            public void fault(Fault fault) {
              faults.add(fault);
            }

            @Override
            public void lost(int packets) {}
          });

  @Test
  void whatWasAnnouncedIsRight() {
    checker.announced(ANN);
    checker.packet(ANN, 0);
    checker.announced(BOB);
    checker.packet(ANN, SECOND);
    checker.packet(BOB, SECOND);
    checker.expire(10 * SECOND);
    assertThat(faults).isEmpty();
  }

  @Test
  void newsMayComeALittleLater() {
    checker.announced(ANN);
    checker.packet(ANN, 0);
    checker.packet(BOB, SECOND);
    checker.expire(2 * SECOND);
    checker.announced(BOB);
    checker.packet(BOB, 2 * SECOND);
    checker.expire(10 * SECOND);
    assertThat(faults).isEmpty();
  }

  @Test
  void whatWasNeverAnnouncedIsAFault() {
    checker.packet(ANN, 0);
    checker.expire(4 * SECOND);
    assertThat(faults).containsExactly(Fault.WRONG_SOURCE);
  }

  @Test
  void theSourceBeforeDoesNotComeBackByItself() {
    checker.announced(ANN);
    checker.announced(BOB);
    checker.packet(ANN, 0);
    checker.packet(BOB, 0);
    checker.packet(ANN, SECOND);
    checker.expire(5 * SECOND);
    assertThat(faults).containsExactly(Fault.WRONG_SOURCE);
  }
}
