package org.meetjar.load.media;

/** One frame of one layer: all it takes to make its packets, again if need be. */
final class Frame {
  /** Extended sequence number of the first packet. */
  long firstSequence;

  int packets;

  /** How many packets have been sent. */
  int sent;

  /** Octets of payload of all packets but the last, which has what is left. */
  int share;

  int size;
  int timestamp;
  int pictureId;
  int tl0PicIdx;
  int temporalId;
  boolean sync;
  boolean key;
  int number;
  int base;

  int payloadLength(int part) {
    return part < packets - 1 ? share : size - share * (packets - 1);
  }

  boolean isSent() {
    return sent == packets;
  }
}
