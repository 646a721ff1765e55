package org.meetjar.load.check;

/** What keeps a decoder from following a stream. */
public enum Fault {
  /** A sequence number came neither in time nor by retransmission. */
  LOST_PACKET,
  /** The timestamp goes back, stands still, leaps, or changes within a frame. */
  TIMESTAMP,
  /** Picture ids of frames that follow each other do not, RFC 7741 section 4.2. */
  PICTURE_ID,
  /** TL0PICIDX does not count the frames of the base layer. */
  TL0_PIC_IDX,
  /** A delta frame where only a key frame can be decoded. */
  NO_KEY_FRAME,
  /** A frame's beginning, middle or end is not there, although no sequence number is missing. */
  CUT_FRAME,
  /** A frame that this one is predicted from was not forwarded. */
  MISSING_REFERENCE,
  /** A packet of a source that the server never said the stream stands for. */
  WRONG_SOURCE
}
