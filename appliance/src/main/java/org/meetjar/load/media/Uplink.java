package org.meetjar.load.media;

import org.meetjar.load.check.Mark;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.srtp.SrtpProfile;
import org.meetjar.srtp.SrtpSender;

/** Makes, protects and sends one client's packets. Belongs to the media thread. */
final class Uplink {
  private static final int MAX_PACKET = 1400 + SrtpProfile.MAX_OVERHEAD_BYTES;

  private final Negotiation negotiation;
  private final SrtpSender srtp;
  private final ClientPort port;
  private final Outgoing outgoing;
  private final Tally tally;
  private final HeaderWriter audioHeader;
  private final HeaderWriter videoHeader;
  private final Mark mark = new Mark();
  private int transportSequence;

  final SentFate fate;

  /**
   * @param sender as in {@link Mark#sender(String)}
   */
  Uplink(
      Negotiation negotiation,
      SrtpSender srtp,
      ClientPort port,
      Outgoing outgoing,
      Tally tally,
      int sender) {
    mark.sender = sender;
    this.negotiation = negotiation;
    this.srtp = srtp;
    this.port = port;
    this.outgoing = outgoing;
    this.tally = tally;
    audioHeader = new HeaderWriter(negotiation.audio());
    videoHeader = new HeaderWriter(negotiation.video());
    fate = new SentFate(tally);
  }

  void audio(
      int ssrc, int sequence, int timestamp, boolean first, int level, int payload, int counter) {
    int at = reserve();
    byte[] b = outgoing.arena();
    long nanos = System.nanoTime();
    audioHeader.write(b, at, first, negotiation.opus(), sequence, timestamp, ssrc);
    int body = at + audioHeader.length();
    System.arraycopy(Filler.BYTES, 0, b, body, payload);
    mark.sentNanos = nanos;
    mark.repeated = false;
    mark.frame = counter;
    mark.base = 0;
    mark.layer = 0;
    mark.part = 0;
    mark.parts = 1;
    mark.write(b, body + payload);
    seal(audioHeader, at, audioHeader.length() + payload, level, nanos, tally.audioSent);
  }

  void video(VideoLayer layer, Frame frame, int part) {
    int at = reserve();
    byte[] b = outgoing.arena();
    long nanos = System.nanoTime();
    mark.sentNanos = nanos;
    mark.repeated = false;
    int body = at + videoHeader.length();
    int payload = layer.payload(frame, part, mark, b, body);
    videoHeader.write(
        b,
        at,
        part == frame.packets - 1,
        negotiation.vp8(),
        (int) frame.firstSequence + part,
        frame.timestamp,
        layer.ssrc);
    layer.packets++;
    layer.octets += payload;
    seal(videoHeader, at, videoHeader.length() + payload, 0, nanos, tally.videoSent);
  }

  /** Sends a packet of a frame again, RFC 4588. */
  void repair(VideoLayer layer, Frame frame, int part) {
    if (negotiation.rtx() < 0) {
      return;
    }
    int at = reserve();
    byte[] b = outgoing.arena();
    long nanos = System.nanoTime();
    mark.sentNanos = nanos;
    mark.repeated = true;
    int body = at + videoHeader.length();
    int original = (int) frame.firstSequence + part;
    b[body] = (byte) (original >> 8);
    b[body + 1] = (byte) original;
    int payload = 2 + layer.payload(frame, part, mark, b, body + 2);
    videoHeader.write(
        b,
        at,
        part == frame.packets - 1,
        negotiation.rtx(),
        layer.nextRtxSequence(),
        frame.timestamp,
        layer.rtxSsrc);
    seal(videoHeader, at, videoHeader.length() + payload, 0, nanos, tally.repairsSent);
  }

  void rtcp(RtcpWriter compound) {
    int at = reserve();
    System.arraycopy(compound.bytes(), 0, outgoing.arena(), at, compound.length());
    int length = srtp.protectRtcp(outgoing.arena(), at, compound.length());
    if (length > 0) {
      outgoing.commit(length);
    }
  }

  void flush() {
    tally.refusedSends += outgoing.flush(port);
  }

  private int reserve() {
    int at = outgoing.reserve(MAX_PACKET);
    if (at < 0) {
      flush();
      at = outgoing.reserve(MAX_PACKET);
    }
    return at;
  }

  private void seal(
      HeaderWriter header, int at, int length, int level, long nanos, Tally.Flow flow) {
    header.extensions(outgoing.arena(), at, level, nanos, transportSequence);
    int sealed = srtp.protectRtp(outgoing.arena(), at, length);
    if (sealed < 0) {
      return;
    }
    outgoing.commit(sealed);
    flow.add(length);
    if (header.numbersTransport()) {
      fate.sent(transportSequence);
      transportSequence = transportSequence + 1 & 0xffff;
    }
  }
}
