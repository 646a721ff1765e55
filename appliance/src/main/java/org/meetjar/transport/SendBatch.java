package org.meetjar.transport;

import org.meetjar.datagram.PortGroup;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpSender;

/**
 * What a loop gathers during a turn, sent at its end as one run per receiver. Packets are written
 * straight into the arena: {@link #reserve}, write, {@link #commit}. They are protected only then,
 * one receiver's after the other, while its keys are in the processor's cache. Belongs to the
 * loop's thread.
 */
final class SendBatch {
  private static final int PACKETS = 1024;
  private static final int ARENA_BYTES = 512 * 1024;

  private final PortGroup group;
  private final LoopCounters counters;
  private final byte[] arena = new byte[ARENA_BYTES];
  private final int[] offsets = new int[PACKETS];
  private final int[] lengths = new int[PACKETS];
  private final int[] next = new int[PACKETS];
  private final SrtpSender[] senders = new SrtpSender[PACKETS];
  private final boolean[] control = new boolean[PACKETS];
  private final Flow[] flows = new Flow[PACKETS];
  private final int[] runOffsets = new int[PACKETS];
  private final int[] runLengths = new int[PACKETS];
  private int packets;
  private int flowCount;
  private int used;

  SendBatch(PortGroup group, LoopCounters counters) {
    this.group = group;
    this.counters = counters;
  }

  byte[] arena() {
    return arena;
  }

  /** Where in the arena up to that many bytes may be written, until the next call. */
  int reserve(int bytes) {
    if (packets == PACKETS || used + bytes > ARENA_BYTES) {
      flush();
    }
    return used;
  }

  /** Takes what was written at the reserved place, to be sent as it is. */
  void commit(Flow flow, int length) {
    append(flow, length);
    used += length;
  }

  /**
   * Takes a packet that was written at the reserved place, to be protected and sent.
   *
   * @param rtcp whether it is a compound of RTCP
   */
  void commit(Flow flow, int length, SrtpSender sender, boolean rtcp) {
    senders[packets] = sender;
    control[packets] = rtcp;
    append(flow, length);
    used += length + SrtpProfile.MAX_OVERHEAD_BYTES;
  }

  private void append(Flow flow, int length) {
    int packet = packets++;
    offsets[packet] = used;
    lengths[packet] = length;
    next[packet] = -1;
    if (flow.first < 0) {
      flow.first = packet;
      flows[flowCount++] = flow;
    } else {
      next[flow.last] = packet;
    }
    flow.last = packet;
  }

  void add(Flow flow, byte[] buffer, int offset, int length) {
    int at = reserve(length);
    System.arraycopy(buffer, offset, arena, at, length);
    commit(flow, length);
  }

  void flush() {
    if (packets == 0) {
      return;
    }
    int refused = 0;
    int run = 0;
    for (int i = 0; i < flowCount; i++) {
      Flow flow = flows[i];
      int start = run;
      for (int packet = flow.first; packet >= 0; packet = next[packet]) {
        int length = seal(packet);
        if (length > 0) {
          runOffsets[run] = offsets[packet];
          runLengths[run++] = length;
          counters.bytesOut += length;
        }
      }
      counters.packetsOut += run - start;
      refused += flow.port.send(flow.to, arena, runOffsets, runLengths, start, run - start);
      flow.first = -1;
      flow.last = -1;
      flows[i] = null;
    }
    refused += group.flush();
    counters.drop(Drop.SOCKET_FULL, refused);
    counters.packetsInRuns = group.packetsInRuns();
    packets = 0;
    flowCount = 0;
    used = 0;
  }

  /** Protects a packet that is to be; says how long it is then, 0 when that cannot be. */
  private int seal(int packet) {
    SrtpSender sender = senders[packet];
    if (sender == null) {
      return lengths[packet];
    }
    senders[packet] = null;
    int sealed =
        control[packet]
            ? sender.protectRtcp(arena, offsets[packet], lengths[packet])
            : sender.protectRtp(arena, offsets[packet], lengths[packet]);
    if (sealed <= 0) {
      counters.drop(Drop.REFUSED);
      return 0;
    }
    return sealed;
  }
}
