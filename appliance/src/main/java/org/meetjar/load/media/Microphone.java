package org.meetjar.load.media;

import java.util.random.RandomGenerator;
import org.meetjar.rtp.RtcpWriter;

/** Sends Opus, fifty packets a second, loud while its person talks. Belongs to the media thread. */
final class Microphone {
  private static final long PACKET_NANOS = 20_000_000;
  private static final int SAMPLES = 960;

  /** With header and extensions about 160 octets while somebody talks. */
  private static final int LOUD = 136;

  private static final int QUIET = 72;

  private final int ssrc;
  private final Talk talk;
  private final int person;
  private final long startNanos;
  private final int timestampOffset;
  private int sequence;
  private int counter;
  private boolean talking;
  private int octets;

  Microphone(int ssrc, Talk talk, int person, RandomGenerator random, long nanos) {
    this.ssrc = ssrc;
    this.talk = talk;
    this.person = person;
    startNanos = nanos + random.nextLong(PACKET_NANOS);
    timestampOffset = random.nextInt();
    sequence = random.nextInt(0x8000);
  }

  /** Sends what is due. */
  void tick(Uplink uplink, long nanos) {
    while (nanos - startNanos >= counter * PACKET_NANOS) {
      int level = talk.level(person, nanos);
      boolean loud = level >= 0x80;
      int payload = loud ? LOUD : QUIET;
      uplink.audio(
          ssrc,
          sequence++ & 0xffff,
          timestampOffset + counter * SAMPLES,
          loud && !talking,
          level,
          payload,
          counter);
      talking = loud;
      octets += payload;
      counter++;
    }
  }

  void report(RtcpWriter rtcp, long ntp, long nanos) {
    if (counter > 0) {
      int timestamp = timestampOffset + (int) ((nanos - startNanos) / 1000 * 48 / 1000);
      rtcp.senderReport(ssrc, ntp, timestamp, counter, octets);
    }
  }
}
