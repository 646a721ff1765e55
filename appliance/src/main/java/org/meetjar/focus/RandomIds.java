package org.meetjar.focus;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids that cannot be guessed. */
final class RandomIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomIds() {}

  static String hex(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
