package org.meetjar.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys from a master key, RFC 3711 section 4.3, with a key derivation rate of zero. A salt
 * of 96 bits (RFC 7714 section 11) stands at the left, as if zeros followed.
 */
final class KeyDerivation {
  static final int RTP_ENCRYPTION = 0;
  static final int RTP_AUTHENTICATION = 1;
  static final int RTP_SALT = 2;
  static final int RTCP_ENCRYPTION = 3;
  static final int RTCP_AUTHENTICATION = 4;
  static final int RTCP_SALT = 5;

  private KeyDerivation() {}

  static byte[] derive(SrtpKeys keys, int label, int length) {
    byte[] counter = new byte[16];
    System.arraycopy(keys.salt(), 0, counter, 0, keys.salt().length);
    counter[7] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.key(), "AES"), new IvParameterSpec(counter));
      return cipher.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES is missing", e);
    }
  }
}
