package org.meetjar.rtp;

/**
 * The packet that is being forwarded: written once when it comes in, then adjusted in place for one
 * receiver after the other. One is used for many packets.
 *
 * <p>Layout: fixed header, no contributing sources, one extension block ({@link ExtensionBlock}),
 * payload without padding.
 */
public final class MediaPacket {
  /** The longest packet that is forwarded. */
  public static final int MAX_LENGTH = 1500;

  /** The longest packet in the form that is kept here and in caches. */
  static final int MAX_SAVED_LENGTH = MAX_LENGTH + ExtensionBlock.MAX_LENGTH + 2;

  /** Room for what our extension block may add and for the original sequence number of RTX. */
  private final byte[] data = new byte[MAX_SAVED_LENGTH];

  private final ExtensionBlock extensions = new ExtensionBlock();
  private final FrameReader frames = new FrameReader();
  private final FrameDescription frame = new FrameDescription();
  private final DescriptorEdit descriptor = new DescriptorEdit();
  private int length;
  private int payloadAt;

  /** Length and marker bit as the packet came. */
  private int wholeLength;

  private boolean marked;
  private long sequence;
  private int timestamp;

  /**
   * Takes a valid packet in.
   *
   * @param extensions the sender's identifiers
   * @param sequence the packet's extended sequence number
   * @return false if it is too long
   */
  public boolean take(byte[] b, int offset, int size, ExtensionMap extensions, long sequence) {
    if (size > MAX_LENGTH) {
      return false;
    }
    int header = RtpHeader.length(b, offset);
    int payload = size - header - RtpHeader.padding(b, offset, size);
    System.arraycopy(b, offset, data, 0, RtpHeader.FIXED_LENGTH);
    data[0] = (byte) 0x90;
    payloadAt = RtpHeader.FIXED_LENGTH + this.extensions.take(b, offset, extensions, data);
    System.arraycopy(b, offset + header, data, payloadAt, payload);
    length = payloadAt + payload;
    taken(sequence);
    return true;
  }

  private void taken(long sequence) {
    this.sequence = sequence;
    timestamp = RtpHeader.timestamp(data, 0);
    wholeLength = length;
    marked = RtpHeader.marker(data, 0);
    frame.clear();
    frame.dependencies.clear();
    descriptor.clear();
  }

  /**
   * Reads what the payload and the dependency descriptor say of the frame.
   *
   * @param state what is known of its stream
   * @param fresh false for a packet from a cache, which changes nothing in that
   * @return false if it is not of this codec, and not empty
   */
  public boolean describe(VideoCodec codec, CodecState state, boolean fresh) {
    if (isEmpty() || codec == VideoCodec.OTHER) {
      return true;
    }
    if (extensions.hasDescriptor() && codec.readsDependencyDescriptor()) {
      extensions.readDescriptor(frame.dependencies, state.dependencies(), sequence, fresh);
    }
    return frames.read(codec, data, payloadAt, length - payloadAt, state, frame);
  }

  /**
   * Takes the sound of the packet itself out of one that carries earlier sound, too (RFC 2198).
   *
   * @param red as it was taken, not yet rewritten for anybody
   * @return false if it is malformed
   */
  public boolean takePrimary(MediaPacket red) {
    int header = RedPayload.primaryHeader(red.data, red.payloadAt, red.length);
    int primary = header < 0 ? -1 : RedPayload.primary(red.data, red.payloadAt, red.length);
    if (primary < 0) {
      return false;
    }
    System.arraycopy(red.data, 0, data, 0, red.payloadAt);
    payloadAt = RtpHeader.FIXED_LENGTH + extensions.restore(data);
    RtpHeader.payloadType(data, 0, red.data[header] & 0x7f);
    System.arraycopy(red.data, primary, data, payloadAt, red.length - primary);
    length = payloadAt + red.length - primary;
    taken(red.sequence);
    return true;
  }

  /** Takes a packet from a cache; what it is has to be described anew. */
  void restore(byte[] cached, int size, long sequence) {
    System.arraycopy(cached, 0, data, 0, size);
    length = size;
    payloadAt = RtpHeader.FIXED_LENGTH + extensions.restore(data);
    taken(sequence);
  }

  /** Copies the packet in its internal form. */
  void save(byte[] into) {
    System.arraycopy(data, 0, into, 0, length);
  }

  /**
   * Writes the extensions as a receiver has negotiated them.
   *
   * @param transportSequence transport-wide sequence number, modulo 65536
   * @param absSendTime 6.18 fixed point seconds, 24 bits
   */
  public void stamp(ExtensionMap receiver, int transportSequence, int absSendTime) {
    DescriptorEdit edit = passesDescriptor() ? descriptor : null;
    extensions.stamp(data, receiver, transportSequence, absSendTime, frame.dependencies, edit);
  }

  /** Receivers of H.264 would take it for the sender's whole word, and it is not rewritten. */
  private boolean passesDescriptor() {
    return frame.codec == VideoCodec.AV1 || frame.codec == VideoCodec.OTHER;
  }

  /** Makes it a retransmission, RFC 4588 section 4: the header's sequence number moves inside. */
  public void wrapInRtx(int ssrc, int payloadType, int sequence) {
    System.arraycopy(data, payloadAt, data, payloadAt + 2, length - payloadAt);
    data[payloadAt] = data[2];
    data[payloadAt + 1] = data[3];
    length += 2;
    RtpHeader.ssrc(data, 0, ssrc);
    RtpHeader.payloadType(data, 0, payloadType);
    RtpHeader.sequence(data, 0, sequence);
  }

  /** Whole again, with these numbers. */
  void rewrite(int outSequence, int outTimestamp) {
    length = wholeLength;
    RtpHeader.marker(data, 0, marked);
    RtpHeader.sequence(data, 0, outSequence);
    RtpHeader.timestamp(data, 0, outTimestamp);
  }

  void rewritePicture(int pictureId, int tl0PicIdx) {
    frame.writePictureId(data, pictureId);
    frame.writeTl0PicIdx(data, tl0PicIdx);
  }

  /** What the dependency descriptor says to the receiver, see {@link DescriptorEdit}. */
  void rewriteDescriptor(int frameNumber, int templateShift, int activeTargets) {
    descriptor.set(frameNumber, templateShift, activeTargets);
  }

  /** Says that the picture ends here. */
  void mark() {
    RtpHeader.marker(data, 0, true);
  }

  /** Leaves nothing but the header, for a packet whose number alone is wanted. */
  void empty() {
    length = payloadAt;
    RtpHeader.marker(data, 0, false);
  }

  public void ssrc(int ssrc) {
    RtpHeader.ssrc(data, 0, ssrc);
  }

  /** The bytes, valid from 0 to {@link #length}. */
  public byte[] bytes() {
    return data;
  }

  public int length() {
    return length;
  }

  public int payloadOffset() {
    return payloadAt;
  }

  /** Whether it came without payload: padding only. */
  public boolean isEmpty() {
    return wholeLength == payloadAt;
  }

  /** The extended sequence number as it came in. */
  public long sequence() {
    return sequence;
  }

  /** The timestamp as it came in. */
  public int timestamp() {
    return timestamp;
  }

  public int payloadType() {
    return RtpHeader.payloadType(data, 0);
  }

  /** What is known of its frame. */
  public FrameDescription frame() {
    return frame;
  }
}
