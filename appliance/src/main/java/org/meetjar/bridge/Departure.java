package org.meetjar.bridge;

import java.time.Duration;
import org.meetjar.colibri.MediaKind;
import org.meetjar.loop.Loop;
import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.rtp.MediaPacket;
import org.meetjar.rtp.PacketQueue;
import org.meetjar.rtp.PaddingPacket;
import org.meetjar.rtp.RateMeter;
import org.meetjar.rtp.WaitingPacket;
import org.meetjar.transport.Transport;

/**
 * The last station of one receiver's packets: numbers them, tells the estimator, lets pictures wait
 * when they come faster than a narrow link takes them, and sends what a probe wants. Sound never
 * waits. Belongs to the conference's loop; the timer runs only while something waits or a probe is
 * under way.
 */
final class Departure {
  /** Of packets that are repeated for a probe, whichever they are. */
  interface ProbeSource {
    /** Sends something by {@link #send} or {@link #pad}; false if there is nothing. */
    boolean sendProbe(long nanos);
  }

  private static final Duration STEP = Duration.ofMillis(5);

  /** Two meetings' key frames at 720p; what comes on top leaves at once. */
  private static final int MAX_WAITING = 512;

  private final MediaResources resources;
  private final ProbeSource probes;
  private final BandwidthEstimator bandwidth = new BandwidthEstimator();
  private final Pacer pacer = new Pacer();
  private final PacketQueue waiting;
  private final RateMeter sent = new RateMeter();
  private final RateMeter sound = new RateMeter();
  private final Runnable step = this::step;
  private Transport transport;
  private Negotiated negotiated = Negotiated.NOTHING;
  private int transportSequence;
  private boolean probing;
  private boolean closed;
  private boolean stepping;
  private Loop.Timer timer;

  /**
   * @param firstSequence of the transport-wide numbers
   */
  Departure(MediaResources resources, int firstSequence, ProbeSource probes) {
    this.resources = resources;
    this.probes = probes;
    transportSequence = firstSequence;
    waiting = new PacketQueue(resources.buffers, MAX_WAITING);
  }

  void transport(Transport transport) {
    this.transport = transport;
  }

  void negotiated(Negotiated negotiated) {
    this.negotiated = negotiated;
    bandwidth.transportWide(
        negotiated.extensions(MediaKind.VIDEO).id(ExtensionKind.TRANSPORT_CC) != 0
            || negotiated.extensions(MediaKind.AUDIO).id(ExtensionKind.TRANSPORT_CC) != 0);
  }

  BandwidthEstimator bandwidth() {
    return bandwidth;
  }

  /** Sends the packet, or a copy of it a little later. */
  void send(MediaPacket packet, MediaKind kind, long nanos) {
    ExtensionMap extensions = negotiated.extensions(kind);
    packet.stamp(extensions, transportSequence, absSendTime(nanos));
    if (kind == MediaKind.VIDEO) {
      if (holdsBack(nanos) && waiting.add(packet)) {
        resources.metrics.packetsPaced.increment();
        pacer.waiting(waiting.bytes());
        startStepping();
        return;
      }
      bandwidth.canProbe();
    } else {
      sound.add(packet.length() + BandwidthEstimator.OVERHEAD_BYTES, nanos);
    }
    transport.sendRtp(packet.bytes(), 0, packet.length());
    left(extensions, packet.length(), nanos);
  }

  private boolean holdsBack(long nanos) {
    return !probing && (!waiting.isEmpty() || pacer.isAhead(nanos));
  }

  /** Sends a packet that carries nothing, for a probe. */
  void pad(int rtxSsrc, int payloadType, int sequence, int timestamp, long nanos) {
    ExtensionMap extensions = negotiated.extensions(MediaKind.VIDEO);
    PaddingPacket padding = resources.padding;
    padding.write(rtxSsrc, payloadType, sequence, timestamp);
    padding.stamp(extensions, transportSequence, absSendTime(nanos));
    transport.sendRtp(padding.bytes(), 0, padding.length());
    left(extensions, padding.length(), nanos);
  }

  private void left(ExtensionMap extensions, int length, long nanos) {
    sent.add(length, nanos);
    pacer.sent(length);
    resources.repeats.packet();
    resources.metrics.packetsOut.increment();
    resources.metrics.bytesOut.add(length);
    if (extensions.id(ExtensionKind.TRANSPORT_CC) != 0) {
      bandwidth.sent(transportSequence, length, nanos);
      transportSequence = (transportSequence + 1) & 0xffff;
    }
  }

  /** 24 bits of seconds in 6.18 fixed point. */
  private static int absSendTime(long nanos) {
    return (int) (((nanos / 1000) << 18) / 1_000_000) & 0xffffff;
  }

  /** The estimate may have changed, or a probe may be due. */
  void follow(long nanos) {
    pacer.rate(bandwidth.limitBps());
    if (bandwidth.isProbing()) {
      probe(nanos);
      startStepping();
    }
  }

  private void startStepping() {
    if (!stepping && !closed) {
      stepping = true;
      timer = transport.loop().schedule(STEP, step);
    }
  }

  private void step() {
    stepping = false;
    if (closed) {
      return;
    }
    long nanos = transport.loop().nanoTime();
    release(nanos);
    probe(nanos);
    if (!waiting.isEmpty() || bandwidth.isProbing()) {
      startStepping();
    }
  }

  private void release(long nanos) {
    ExtensionMap extensions = negotiated.extensions(MediaKind.VIDEO);
    while (!waiting.isEmpty() && !pacer.isAhead(nanos)) {
      WaitingPacket packet = resources.paced;
      waiting.poll(packet);
      packet.stamp(extensions, transportSequence, absSendTime(nanos));
      transport.sendRtp(packet.bytes(), 0, packet.length());
      left(extensions, packet.length(), nanos);
    }
    pacer.waiting(waiting.bytes());
  }

  private void probe(long nanos) {
    if (!bandwidth.isProbing()) {
      return;
    }
    probing = true;
    while (bandwidth.probeBytesDue(nanos) > 0 && probes.sendProbe(nanos)) {
      resources.metrics.packetsProbing.increment();
    }
    probing = false;
  }

  /** Of RTP packets, without what the network adds. */
  long sentBps(long nanos) {
    return sent.bitsPerSecond(nanos);
  }

  /** Of sound alone, on the wire. */
  long soundBps(long nanos) {
    return sound.bitsPerSecond(nanos);
  }

  int waitingPackets() {
    return waiting.size();
  }

  void close() {
    closed = true;
    waiting.clear();
    if (timer != null) {
      timer.cancel();
    }
  }
}
