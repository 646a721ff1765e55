package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.datagram.DatagramSink;
import org.meetjar.datagram.PortGroup;

/** How a loop waits, with time and sockets that are made up. */
class LoopSleepTest {
  private static final long MS = 1_000_000;
  private static final long GATHER = 2 * MS;

  private long now = 5 * MS;
  private long rested;
  private long awaited;

  private final PortGroup group =
      new PortGroup() {
        @Override
        public DatagramPort bind(InetAddress address, int port, boolean shared, int bufferBytes)
            throws IOException {
          throw new IOException("no sockets here");
        }

        @Override
        public List<DatagramPort> ports() {
          return List.of();
        }

        @Override
        public void await(long nanos) {
          awaited = nanos;
        }

        @Override
        public void rest(long nanos) {
          rested = nanos;
          now += nanos;
        }

        @Override
        public int receive(DatagramSink sink, int batch) {
          return 0;
        }

        @Override
        public int flush() {
          return 0;
        }

        @Override
        public long packetsInRuns() {
          return 0;
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
      };

  private final LoopSleep sleep = new LoopSleep(GATHER, () -> now);

  /** Sleeps with something due after so long; says how long it rested. */
  private long sleep(long wait) throws IOException {
    rested = 0;
    awaited = -1;
    sleep.sleep(group, wait, () -> false, () -> false);
    return rested;
  }

  @Test
  void aLoopWithoutMediaSleepsUntilSomethingIsDue() throws IOException {
    assertThat(sleep(50 * MS)).isZero();
    assertThat(awaited).isEqualTo(50 * MS);
    sleep.received(now, 0, false);
    assertThat(sleep(50 * MS)).isZero();
    assertThat(awaited).isEqualTo(50 * MS);
  }

  @Test
  void afterManyPacketsItRestsForAMoment() throws IOException {
    sleep.received(now, 100, false);
    assertThat(sleep(50 * MS)).isEqualTo(GATHER);
    assertThat(awaited).isZero();
  }

  @Test
  void afterFewItRestsTwiceAsLong() throws IOException {
    sleep.received(now, 1, false);
    assertThat(sleep(50 * MS)).isEqualTo(2 * GATHER);
  }

  @Test
  void whatIsDueEndsALongRest() throws IOException {
    sleep.received(now, 1, false);
    assertThat(sleep(MS)).isEqualTo(MS);
    sleep.received(now, 0, false);
    assertThat(sleep(50 * MS)).isEqualTo(2 * GATHER - MS);
  }

  @Test
  void whatIsDueALittleBeforeTheEndWaitsForIt() throws IOException {
    sleep.received(now, 100, false);
    assertThat(sleep(MS)).isEqualTo(GATHER);
  }

  @Test
  void moreThanATurnTakesLeavesNoTimeToRest() throws IOException {
    sleep.received(now, 256, true);
    assertThat(sleep(0)).isZero();
    assertThat(awaited).isZero();
  }

  @Test
  void fewEmptyRestsAreFollowedByOthersThenItSleeps() throws IOException {
    sleep.received(now, 3, false);
    for (int i = 0; i <= LoopSleep.EMPTY_RESTS; i++) {
      assertThat(sleep(50 * MS)).isEqualTo(2 * GATHER);
      sleep.received(now, 0, false);
    }
    assertThat(sleep(50 * MS)).isZero();
    assertThat(awaited).isEqualTo(50 * MS);
  }

  @Test
  void aPacketInBetweenKeepsItResting() throws IOException {
    for (int i = 0; i < 20; i++) {
      sleep.received(now, i % 2, false);
      assertThat(sleep(50 * MS)).isEqualTo(i == 0 ? 0 : 2 * GATHER);
    }
  }

  @Test
  void withoutGatheringThereIsNoRest() throws IOException {
    LoopSleep restless = new LoopSleep(0, () -> now);
    restless.received(now, 3, false);
    restless.sleep(group, 50 * MS, () -> false, () -> false);
    assertThat(rested).isZero();
    assertThat(awaited).isEqualTo(50 * MS);
  }
}
