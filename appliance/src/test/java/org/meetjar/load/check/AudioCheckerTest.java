package org.meetjar.load.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioCheckerTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<Fault> faults = new ArrayList<>();
  private int lost;
  private final AudioChecker checker =
      new AudioChecker(
          new StreamListener() {
            @Override
            public void fault(Fault fault) {
              faults.add(fault);
            }

            @Override
            public void lost(int packets) {
              lost += packets;
            }
          });

  @Test
  void whatIsWholeHasNoFaultInWhateverOrderItComes() {
    for (int i : new int[] {0, 1, 3, 2, 4, 4, 6, 5}) {
      checker.packet(i, i * 960, i * SECOND / 50);
    }
    checker.expire(3 * SECOND);

    assertThat(faults).isEmpty();
  }

  @Test
  void aMissingPacketIsFoundAfterASecond() {
    checker.packet(0, 0, 0);
    checker.packet(2, 1920, SECOND / 25);
    checker.expire(SECOND / 2);
    assertThat(faults).isEmpty();

    checker.expire(2 * SECOND);
    assertThat(faults).containsExactly(Fault.LOST_PACKET);
    assertThat(lost).isEqualTo(1);
  }

  @Test
  void aTimestampThatGoesBackIsFound() {
    checker.packet(0, 960, 0);
    checker.packet(1, 0, 1);

    assertThat(faults).containsExactly(Fault.TIMESTAMP);
  }
}
