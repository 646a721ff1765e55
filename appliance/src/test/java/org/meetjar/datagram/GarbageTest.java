package org.meetjar.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.meetjar.config.DatagramMode;

/** Batches make no garbage, packet by packet or turn by turn. */
class GarbageTest {
  private static final int WARM_UP = 3_000;
  private static final int TURNS = 300;
  private static final int RUN = 8;

  private int received;

  @Test
  void aTurnOfBatchesAllocatesNothing() throws IOException {
    try (PortGroup group = DatagramIo.choose(DatagramMode.NATIVE).open()) {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      DatagramPort from = group.bind(loopback, 0, false, 1 << 20);
      DatagramPort to = group.bind(loopback, 0, false, 1 << 20);
      Destination destination = new Destination(to.local());
      byte[] arena = new byte[RUN * 1_200];
      int[] offsets = new int[RUN];
      int[] lengths = new int[RUN];
      for (int i = 0; i < RUN; i++) {
        offsets[i] = i * 1_200;
        lengths[i] = i < RUN - 1 ? 1_200 : 700;
      }
      DatagramSink sink = (port, buffer, offset, length, sender) -> received++;
      long least = Long.MAX_VALUE;
      for (int turn = 0; turn < WARM_UP; turn++) {
        turn(group, from, destination, arena, offsets, lengths, sink);
      }
      for (int round = 0; round < 5; round++) {
        long before = allocated();
        for (int turn = 0; turn < TURNS; turn++) {
          turn(group, from, destination, arena, offsets, lengths, sink);
        }
        least = Math.min(least, allocated() - before);
      }
      assertThat(least).isLessThan(TURNS * 8L);
    }
  }

  private void turn(
      PortGroup group,
      DatagramPort from,
      Destination to,
      byte[] arena,
      int[] offsets,
      int[] lengths,
      DatagramSink sink)
      throws IOException {
    received = 0;
    from.send(to, arena, offsets, lengths, 0, RUN);
    if (group.flush() > 0) {
      throw new AssertionError("not sent");
    }
    while (received < RUN) {
      group.await(1_000_000_000L);
      group.receive(sink, 64);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
