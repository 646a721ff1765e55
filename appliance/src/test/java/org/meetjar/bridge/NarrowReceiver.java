package org.meetjar.bridge;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.meetjar.congestion.Link;
import org.meetjar.rtp.ExtensionReader;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.rtp.TccFeedbackWriter;

/**
 * A client behind a {@link Link}, in the bridge's virtual time: what it is sent passes the link,
 * and ten times per second it tells what arrived.
 */
final class NarrowReceiver {
  private static final long FEEDBACK_NANOS = 100_000_000;
  private static final int OVERHEAD = 44;

  private record Arrival(int sequence, long nanos) {}

  final Client client;
  final Link link = new Link(11);
  long worstSoundDelayNanos;
  int soundPackets;
  int paddingPackets;
  private final PriorityQueue<Arrival> onItsWay =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::nanos));
  private final TccFeedbackWriter feedback = new TccFeedbackWriter();
  private final ExtensionReader extensions = new ExtensionReader();
  private final RtcpWriter rtcp = new RtcpWriter();
  private int taken;
  private long lastFeedback;

  NarrowReceiver(Client client) {
    this.client = client;
  }

  /** Takes what was sent since the last call. To be called every few milliseconds. */
  void take(long now) {
    for (; taken < client.transport.rtp.size(); taken++) {
      byte[] packet = client.transport.rtp.get(taken);
      long arrival = link.send(packet.length + OVERHEAD, now);
      int sequence = extensions.value(packet, 0, TestBridge.TCC_ID, 2);
      if (arrival != Link.LOST) {
        onItsWay.add(new Arrival(sequence, arrival));
        if (RtpHeader.payloadType(packet, 0) == 111) {
          soundPackets++;
          worstSoundDelayNanos = Math.max(worstSoundDelayNanos, arrival - now);
        }
      }
      paddingPackets += RtpHeader.padding(packet, 0, packet.length) > 0 ? 1 : 0;
    }
    while (!onItsWay.isEmpty() && onItsWay.peek().nanos() <= now) {
      Arrival arrival = onItsWay.poll();
      feedback.received(arrival.sequence(), arrival.nanos());
    }
    if (now - lastFeedback >= FEEDBACK_NANOS && feedback.hasNews()) {
      lastFeedback = now;
      tell();
    }
  }

  private void tell() {
    rtcp.clear();
    rtcp.receiverReport(9);
    while (rtcp.transportFeedback(feedback, 9, 1)) {
      client.rtcp(rtcp);
      rtcp.clear();
      rtcp.receiverReport(9);
    }
  }
}
