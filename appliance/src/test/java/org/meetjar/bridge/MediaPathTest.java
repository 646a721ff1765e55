package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.rtp.Packets;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.transport.MediaLoop;
import org.meetjar.transport.Transport;
import org.meetjar.transport.TransportListener;

/** The path of a packet makes no garbage. */
class MediaPathTest {
  private static final int RECEIVERS = 6;
  private static final int PACKETS = 2000;
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 5;

  private final ManualMediaLoop loop = new ManualMediaLoop();
  private final Map<String, TransportListener> listeners = new HashMap<>();
  private final byte[] buffer = new byte[1500];
  private final byte[] keyFrame = video(180);
  private final byte[] frame = video(0);
  private long sent;

  private static byte[] video(int keyHeight) {
    byte[] payload = Packets.vp8(true, 1, 1, 0, false, keyHeight, 0);
    byte[] packet = Packets.rtp(Packets.VP8, true, 0, 0, 100, Arrays.copyOf(payload, 1100));
    return Packets.withExtensions(packet, Map.of(TestBridge.TCC_ID, new byte[2]));
  }

  /** Counts, and keeps nothing. */
  private final class CountingTransport implements Transport {
    @Override
    public MediaLoop loop() {
      return loop;
    }

    @Override
    public TransportDescription local() {
      return new TransportDescription("u", "p", List.of(), List.of(), "");
    }

    @Override
    public void remote(TransportDescription remote) {}

    @Override
    public void sendRtp(byte[] buffer, int offset, int length) {
      sent++;
    }

    @Override
    public void sendRtcp(byte[] buffer, int offset, int length) {}

    @Override
    public long lastActivityNanos() {
      return loop.nanoTime();
    }

    @Override
    public double roundTripMs() {
      return -1;
    }

    @Override
    public void close() {}
  }

  private final class Transports implements Transport.Factory {
    @Override
    public List<? extends MediaLoop> loops() {
      return List.of(loop);
    }

    @Override
    public Transport create(
        MediaLoop on, String name, boolean controlling, TransportListener listener) {
      listeners.put(name, listener);
      return new CountingTransport();
    }
  }

  @Test
  void forwardingVideoToManyAllocatesNothingPerPacket() {
    Bridge bridge = new Bridge(TestBridge.SETTINGS, new Transports(), "wss://x", new Random(1));
    join(bridge, "ann");
    for (int i = 0; i < RECEIVERS; i++) {
      join(bridge, "r" + i);
    }
    for (int i = 0; i < WARM_UP; i++) {
      packet(i);
    }
    // The virtual machine may allocate a little of its own accord: the best of some rounds counts.
    long least = Long.MAX_VALUE;
    int next = WARM_UP;
    for (int round = 0; round < ROUNDS; round++) {
      long before = allocated();
      for (int i = 0; i < PACKETS; i++) {
        packet(next++);
      }
      least = Math.min(least, allocated() - before);
    }
    assertThat(sent).isEqualTo((long) RECEIVERS * next);
    assertThat(least).isLessThan(PACKETS * 4L);
  }

  private void join(Bridge bridge, String id) {
    boolean first = listeners.isEmpty();
    EndpointModify endpoint =
        first ? TestBridge.create(id, TestBridge.camera(id, 100)) : TestBridge.create(id);
    List<String> urls = new ArrayList<>();
    bridge.modify(
        new ConferenceModify("meeting", "", first, false, List.of(endpoint)),
        reply -> urls.add(((ConferenceModified) reply).transports().get(id).webSocketUrl()));
    loop.turn();
    listeners.get(id).connected();
    RecordingChannel channel = new RecordingChannel();
    bridge
        .channels()
        .open("bridge/meeting/" + id, channel)
        .onText("{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":-1}");
    loop.turn();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private void packet(int i) {
    byte[] from = i == 0 ? keyFrame : frame;
    System.arraycopy(from, 0, buffer, 0, from.length);
    RtpHeader.sequence(buffer, 0, i & 0xffff);
    RtpHeader.timestamp(buffer, 0, i * 3000);
    listeners.get("ann").rtp(buffer, 0, from.length, loop.nanoTime());
  }
}
