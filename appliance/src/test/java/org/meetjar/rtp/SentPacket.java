package org.meetjar.rtp;

/** A packet as a sender of the tests made it. */
interface SentPacket {
  int encoding();

  /** Extended, of its encoding. */
  long sequence();

  byte[] bytes();
}
