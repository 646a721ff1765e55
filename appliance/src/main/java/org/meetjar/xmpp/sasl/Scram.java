package org.meetjar.xmpp.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The functions of RFC 5802 section 2.2. */
final class Scram {
  private Scram() {}

  /** Hi(): PBKDF2. */
  static byte[] salted(ScramHash hash, String password, byte[] salt, int iterations) {
    try {
      PBEKeySpec spec =
          new PBEKeySpec(
              normalize(password).toCharArray(), salt, iterations, hash.sizeBytes() * Byte.SIZE);
      return SecretKeyFactory.getInstance(hash.pbkdf2()).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] hmac(ScramHash hash, byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(hash.hmac());
      mac.init(new SecretKeySpec(key, hash.hmac()));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] digest(ScramHash hash, byte[] bytes) {
    try {
      return MessageDigest.getInstance(hash.digest()).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The part of SASLprep (RFC 4013) that matters: compatibility forms become one. */
  static String normalize(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}
