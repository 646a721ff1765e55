package org.meetjar.rtp;

/**
 * The last runs of packets that were projected with constant differences: for each, which incoming
 * packets it holds and what is added to their numbers. It answers in both directions: where a late
 * packet belongs, and which packet a receiver means. Bounded: the oldest run is forgotten.
 */
final class ProjectionSegments {
  static final int CAPACITY = 64;

  /** One run; incoming sequence numbers are extended ones of one encoding. */
  static final class Segment {
    int encoding;
    long first;
    long last;
    long sequenceDelta;
    int timestampDelta;
    int pictureIdDelta;
    int tl0PicIdxDelta;
    int frameNumberDelta;
    int templateShift;

    /** What of its layers the receiver gets, as {@link LayerFilter} has it. */
    int layers;

    boolean isEmpty() {
      return last < first;
    }

    boolean holds(int encoding, long sequence) {
      return this.encoding == encoding && sequence >= first && sequence <= last;
    }

    private void copy(Segment from) {
      encoding = from.encoding;
      first = from.first;
      last = from.last;
      sequenceDelta = from.sequenceDelta;
      timestampDelta = from.timestampDelta;
      pictureIdDelta = from.pictureIdDelta;
      tl0PicIdxDelta = from.tl0PicIdxDelta;
      frameNumberDelta = from.frameNumberDelta;
      templateShift = from.templateShift;
      layers = from.layers;
    }
  }

  private Segment[] ring = new Segment[2];
  private int newest = -1;
  private int size;

  boolean none() {
    return size == 0;
  }

  /** The current run; there must be one. */
  Segment newest() {
    return ring[newest];
  }

  /** Begins a run with the numbers of the one before. */
  Segment push() {
    if (size > 0 && newest().isEmpty()) {
      return newest();
    }
    if (size == ring.length && size < CAPACITY) {
      grow();
    }
    Segment before = size > 0 ? newest() : null;
    newest = (newest + 1) % ring.length;
    if (ring[newest] == null) {
      ring[newest] = new Segment();
    }
    if (before != null) {
      ring[newest].copy(before);
    }
    size = Math.min(size + 1, ring.length);
    return ring[newest];
  }

  /** The run that a packet ahead of all others belongs to; a new one when the layers change. */
  Segment follow(long sequence, int layers) {
    Segment present = newest();
    if (layers == present.layers) {
      return present;
    }
    boolean empty = present.isEmpty();
    if (!empty) {
      // What is missing before it is of the old layers.
      present.last = sequence - 1;
    }
    Segment following = push();
    following.layers = layers;
    if (!empty) {
      following.first = sequence;
      following.last = sequence - 1;
    }
    return following;
  }

  /** The run that a packet belongs to, or null. */
  Segment find(int encoding, long sequence) {
    for (int back = 0; back < size; back++) {
      Segment segment = at(back);
      if (segment.holds(encoding, sequence)) {
        return segment;
      }
    }
    return null;
  }

  /** The number that an encoding's newest run has come to; less than any where there is none. */
  long lastOf(int encoding) {
    for (int back = 0; back < size; back++) {
      if (at(back).encoding == encoding) {
        return at(back).last;
      }
    }
    return Long.MIN_VALUE;
  }

  /** Finds the packet that went out with a number; false if there is none. */
  boolean locate(long outSequence, LocatedPacket found) {
    for (int back = 0; back < size; back++) {
      Segment segment = at(back);
      long sequence = outSequence - segment.sequenceDelta;
      if (sequence >= segment.first && sequence <= segment.last) {
        found.encoding = segment.encoding;
        found.sequence = sequence;
        return true;
      }
    }
    return false;
  }

  private Segment at(int back) {
    return ring[Math.floorMod(newest - back, ring.length)];
  }

  private void grow() {
    Segment[] larger = new Segment[Math.min(CAPACITY, ring.length * 4)];
    for (int back = 0; back < size; back++) {
      larger[size - 1 - back] = at(back);
    }
    newest = size - 1;
    ring = larger;
  }
}
