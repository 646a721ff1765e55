package org.meetjar.rtp;

/** What the dependency descriptors of one stream rely on: the last structure that it has sent. */
final class DependencyState {
  private DependencyStructure structure = new DependencyStructure();
  private DependencyStructure spare = new DependencyStructure();
  private long since = Long.MIN_VALUE;

  /** Counts structures; 0 while none has come. */
  int version;

  /** The decode targets that the sender still sends, a bit each. */
  int activeTargets;

  DependencyStructure structure() {
    return structure;
  }

  /** Where to read the next structure into. */
  DependencyStructure spare() {
    return spare;
  }

  /** The spare one was read whole, in a packet of this sequence number. */
  void adopt(long sequence) {
    DependencyStructure before = structure;
    structure = spare;
    spare = before;
    since = sequence;
    version++;
    activeTargets = -1 >>> 32 - structure.decodeTargets;
  }

  /** Whether a structure in this packet is news. */
  boolean isNew(long sequence) {
    return version == 0 || sequence > since;
  }
}
