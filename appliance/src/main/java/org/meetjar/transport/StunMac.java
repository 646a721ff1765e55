package org.meetjar.transport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1 with one short-term password, RFC 8489 section 9.1. Not thread-safe. */
final class StunMac {
  static final int BYTES = 20;

  private final Mac mac;
  private final byte[] digest = new byte[BYTES];
  private final byte[] lengthField = new byte[2];

  StunMac(String password) {
    try {
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is missing", e);
    }
  }

  /**
   * The digest of a message up to its MESSAGE-INTEGRITY attribute, with the header's length as if
   * the message ended with that attribute. The array is reused.
   *
   * @param attributeAt where the attribute begins, counted from the message's beginning
   */
  byte[] digest(byte[] buffer, int offset, int attributeAt) {
    int counted = attributeAt + 4 + BYTES - StunMessage.HEADER_BYTES;
    lengthField[0] = (byte) (counted >>> 8);
    lengthField[1] = (byte) counted;
    mac.update(buffer, offset, 2);
    mac.update(lengthField, 0, 2);
    mac.update(buffer, offset + 4, attributeAt - 4);
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1", e);
    }
    return digest;
  }
}
