package org.meetjar.store;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What verifies a password without being it, RFC 5802 section 3.
 *
 * @param mechanism {@code SCRAM-SHA-1} or {@code SCRAM-SHA-256}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ScramKeys(
    String mechanism, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
  public static final String SHA_1 = "SCRAM-SHA-1";
  public static final String SHA_256 = "SCRAM-SHA-256";

  /** About 5 ms of work for each guess at a password, and for each login. */
  private static final int ITERATIONS = 10_000;

  private static final int SALT_BYTES = 16;

  /** The keys of a password for all mechanisms, with fresh salt. Blocks for some milliseconds. */
  public static List<ScramKeys> of(String password) {
    String prepared = PasswordText.prepare(password);
    SecureRandom random = new SecureRandom();
    return List.of(
        derive(SHA_1, prepared, salt(random), ITERATIONS),
        derive(SHA_256, prepared, salt(random), ITERATIONS));
  }

  /** Keys that no password fits, and that take the same time to find that out. */
  public static ScramKeys unknown() {
    byte[] salt = salt(new SecureRandom());
    return new ScramKeys(SHA_256, salt, ITERATIONS, new byte[32], new byte[32]);
  }

  /** Whether this is the password they were made of. Blocks for some milliseconds. */
  public boolean matches(String password) {
    String prepared;
    try {
      prepared = PasswordText.prepare(password);
    } catch (org.meetjar.config.StartFailure impossible) {
      return false;
    }
    return MessageDigest.isEqual(
        storedKey, derive(mechanism, prepared, salt, iterations).storedKey());
  }

  static ScramKeys derive(String mechanism, String password, byte[] salt, int iterations) {
    String hash = mechanism.equals(SHA_1) ? "SHA1" : "SHA256";
    int bits = mechanism.equals(SHA_1) ? 160 : 256;
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, bits))
              .getEncoded();
      byte[] clientKey = hmac("Hmac" + hash, salted, "Client Key");
      MessageDigest digest = MessageDigest.getInstance(hash.equals("SHA1") ? "SHA-1" : "SHA-256");
      return new ScramKeys(
          mechanism,
          salt,
          iterations,
          digest.digest(clientKey),
          hmac("Hmac" + hash, salted, "Server Key"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has these", e);
    }
  }

  private static byte[] hmac(String algorithm, byte[] key, String text)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static byte[] salt(SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
