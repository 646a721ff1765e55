package org.meetjar.load.media;

import java.util.SplittableRandom;

/** Octets for payloads: what ciphers and networks see of them is random anyway. */
final class Filler {
  static final byte[] BYTES = new byte[1500];

  static {
    new SplittableRandom(1).nextBytes(BYTES);
  }

  private Filler() {}
}
