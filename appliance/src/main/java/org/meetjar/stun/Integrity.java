package org.meetjar.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Message integrity with one key (RFC 8489 sections 9.1, 9.2 and 14.5), to be used again for each
 * message. Not for sharing between threads.
 */
public final class Integrity {
  private final int attribute;
  private final Mac mac;
  private final byte[] digest;
  private final int shortest;

  private Integrity(int attribute, String algorithm, byte[] key, int shortest) {
    this.attribute = attribute;
    this.shortest = shortest;
    try {
      mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has " + algorithm, e);
    }
    digest = new byte[mac.getMacLength()];
  }

  /** MESSAGE-INTEGRITY, by HMAC-SHA1. */
  public static Integrity sha1(byte[] key) {
    return new Integrity(Attribute.MESSAGE_INTEGRITY, "HmacSHA1", key, 20);
  }

  /** MESSAGE-INTEGRITY-SHA256; what comes may be cut short to 16 bytes or more. */
  public static Integrity sha256(byte[] key) {
    return new Integrity(Attribute.MESSAGE_INTEGRITY_SHA256, "HmacSHA256", key, 16);
  }

  /** What ICE uses: a password that was signalled is the key. */
  public static Integrity shortTerm(String password) {
    return sha1(password.getBytes(StandardCharsets.UTF_8));
  }

  /** The long-term key by MD5: what every client that there is uses. */
  public static byte[] longTermKey(String user, String realm, String password) {
    return digest("MD5", user + ':' + realm + ':' + password);
  }

  /** The long-term key by SHA-256, for clients that chose that password algorithm. */
  public static byte[] longTermKeySha256(String user, String realm, String password) {
    return digest("SHA-256", user + ':' + realm + ':' + password);
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has " + algorithm, e);
    }
  }

  int attribute() {
    return attribute;
  }

  /** How many bytes it adds as the attribute's value. */
  int size() {
    return digest.length;
  }

  /** Compares in constant time what the message carries. */
  boolean holds(byte[] buffer, int message, int valueAt, int valueSize) {
    if (valueSize < shortest || valueSize > digest.length || (valueSize & 3) != 0) {
      return false;
    }
    byte[] expected = digest(buffer, message, valueAt - 4, valueSize);
    int difference = 0;
    for (int i = 0; i < valueSize; i++) {
      difference |= expected[i] ^ buffer[valueAt + i];
    }
    return difference == 0;
  }

  /**
   * The digest of a message up to its integrity attribute, with the header's length as if the
   * message ended with that attribute. The array is used again.
   *
   * @param message where the message begins in the buffer
   * @param attributeAt where the attribute begins in the buffer
   * @param valueSize how long the attribute's value is
   */
  byte[] digest(byte[] buffer, int message, int attributeAt, int valueSize) {
    int counted = attributeAt + 4 + valueSize - message - StunMessage.HEADER;
    mac.update(buffer, message, 2);
    mac.update((byte) (counted >>> 8));
    mac.update((byte) counted);
    mac.update(buffer, message + 4, attributeAt - message - 4);
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(mac.getAlgorithm(), e);
    }
    return digest;
  }
}
