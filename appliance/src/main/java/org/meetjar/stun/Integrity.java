package org.meetjar.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys and checksums of message integrity, RFC 8489 sections 9.2 and 14.5. */
public final class Integrity {
  private Integrity() {}

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

  /**
   * The HMAC over the bytes before {@code end}, with the header's length field taken as {@code
   * bodyLength}.
   */
  static byte[] hmac(String algorithm, byte[] key, byte[] bytes, int end, int bodyLength) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      mac.update(bytes, 0, 2);
      mac.update((byte) (bodyLength >>> 8));
      mac.update((byte) bodyLength);
      mac.update(bytes, 4, end - 4);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has " + algorithm, e);
    }
  }
}
