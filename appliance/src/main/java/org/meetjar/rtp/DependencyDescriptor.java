package org.meetjar.rtp;

/**
 * The dependency descriptor of the packet that was read last (AV1 RTP specification, section A.8):
 * the frame's number, what it is to each decode target, and what it needs. One is used for many
 * packets.
 */
final class DependencyDescriptor {
  private static final int MANDATORY_LENGTH = 3;
  private static final int MAX_FDIFFS = 16;

  /** Where the structure begins: after the mandatory fields and five flags. */
  static final int STRUCTURE_AT = 29;

  private final BitReader bits = new BitReader();
  private final int[] fdiffs = new int[MAX_FDIFFS];
  private final int[] chainDiffs = new int[32];
  private final byte[] indications = new byte[32];
  private boolean present;
  private boolean known;
  private boolean customIndications;
  private boolean customDifferences;
  private boolean customChains;
  private int template;
  private int fdiffCount;

  boolean start;
  boolean end;
  int templateId;
  int frameNumber;

  /** The packet carries a structure. */
  boolean hasStructure;

  /** Where the active decode targets are, or could be put, in bits. */
  int activeTargetsAt;

  boolean hasActiveTargets;
  int activeTargets;

  /** The structure that the frame refers to; means nothing unless the frame is known. */
  DependencyStructure structure;

  int version;

  /** The decode targets that the sender still sends. */
  int sentTargets;

  void clear() {
    present = false;
    known = false;
    hasStructure = false;
    hasActiveTargets = false;
  }

  /** Whether the packet has one at all; then frame number and template can be rewritten. */
  boolean isPresent() {
    return present;
  }

  /** Whether the structure that it refers to is there. */
  boolean isKnown() {
    return known;
  }

  /**
   * Reads a descriptor.
   *
   * @param fresh false when the packet comes from a cache, and its structure is no news
   */
  void read(byte[] b, int offset, int length, DependencyState state, long sequence, boolean fresh) {
    clear();
    if (length < MANDATORY_LENGTH) {
      return;
    }
    start = (b[offset] & 0x80) != 0;
    end = (b[offset] & 0x40) != 0;
    templateId = b[offset] & 0x3f;
    frameNumber = BigEndian.u16(b, offset + 1);
    present = true;
    customIndications = false;
    customDifferences = false;
    customChains = false;
    if (length > MANDATORY_LENGTH && !extended(b, offset, length, state, sequence, fresh)) {
      clear();
      return;
    }
    if (!hasStructure) {
      structure = state.structure();
    }
    version = state.version;
    sentTargets = state.activeTargets;
    template = version == 0 ? -1 : structure.template(templateId);
    known = template >= 0;
    if (known && length > MANDATORY_LENGTH && !custom()) {
      known = false;
      present = false;
    }
  }

  private boolean extended(
      byte[] b, int offset, int length, DependencyState state, long sequence, boolean fresh) {
    bits.start(b, offset, length);
    bits.bits(24);
    boolean structured = bits.flag();
    boolean active = bits.flag();
    customIndications = bits.flag();
    customDifferences = bits.flag();
    customChains = bits.flag();
    if (structured) {
      if (!state.spare().read(bits)) {
        return false;
      }
      hasStructure = true;
      structure = state.spare();
      if (fresh && state.isNew(sequence)) {
        state.adopt(sequence);
      }
    }
    activeTargetsAt = bits.position();
    if (active && (structured || state.version > 0)) {
      int count = (structured ? structure : state.structure()).decodeTargets;
      activeTargets = count == 32 ? bits.bits(16) << 16 | bits.bits(16) : bits.bits(count);
      hasActiveTargets = true;
      if (fresh && !bits.failed()) {
        state.activeTargets = activeTargets;
      }
    }
    return !bits.failed();
  }

  private boolean custom() {
    if (customIndications) {
      for (int i = 0; i < structure.decodeTargets; i++) {
        indications[i] = (byte) bits.bits(2);
      }
    }
    if (customDifferences) {
      fdiffCount = 0;
      int size;
      while ((size = bits.bits(2)) > 0) {
        if (fdiffCount == MAX_FDIFFS) {
          return false;
        }
        fdiffs[fdiffCount++] = bits.bits(4 * size) + 1;
      }
    }
    if (customChains) {
      for (int i = 0; i < structure.chains; i++) {
        chainDiffs[i] = bits.bits(8);
      }
    }
    return !bits.failed();
  }

  int spatialId() {
    return structure.spatialId(template);
  }

  int temporalId() {
    return structure.temporalId(template);
  }

  int indication(int target) {
    return customIndications ? indications[target] : structure.indication(template, target);
  }

  int fdiffCount() {
    return customDifferences ? fdiffCount : structure.fdiffCount(template);
  }

  int fdiff(int index) {
    return customDifferences ? fdiffs[index] : structure.fdiff(template, index);
  }

  /** How far back the chain's last frame is, 0 when the chain begins here. */
  int chainDiff(int chain) {
    return customChains ? chainDiffs[chain] : structure.chainDiff(template, chain);
  }
}
