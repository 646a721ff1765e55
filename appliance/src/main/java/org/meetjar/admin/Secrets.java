package org.meetjar.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Random words that open something, and what is kept of them. */
final class Secrets {
  private static final int BYTES = 24;

  private final SecureRandom random = new SecureRandom();

  /** 192 random bits, fit for an address. */
  String make() {
    return text(BYTES);
  }

  /** Something that tells one from another and is no secret. */
  String id() {
    return text(9);
  }

  private String text(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** In a time that tells nothing of where they differ. */
  static boolean equal(String one, String other) {
    return MessageDigest.isEqual(hash(one), hash(other));
  }
}
