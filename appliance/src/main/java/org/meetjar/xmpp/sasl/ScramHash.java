package org.meetjar.xmpp.sasl;

import java.util.Optional;

/** The hash functions of SCRAM that clients know. */
public enum ScramHash {
  SHA_1("SCRAM-SHA-1", "HmacSHA1", "SHA-1", "PBKDF2WithHmacSHA1", 20),
  SHA_256("SCRAM-SHA-256", "HmacSHA256", "SHA-256", "PBKDF2WithHmacSHA256", 32);

  private final String mechanism;
  private final String hmac;
  private final String digest;
  private final String pbkdf2;
  private final int sizeBytes;

  ScramHash(String mechanism, String hmac, String digest, String pbkdf2, int sizeBytes) {
    this.mechanism = mechanism;
    this.hmac = hmac;
    this.digest = digest;
    this.pbkdf2 = pbkdf2;
    this.sizeBytes = sizeBytes;
  }

  /** The SASL mechanism's name. */
  public String mechanism() {
    return mechanism;
  }

  public static Optional<ScramHash> ofMechanism(String mechanism) {
    for (ScramHash hash : values()) {
      if (hash.mechanism.equals(mechanism)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  String hmac() {
    return hmac;
  }

  String digest() {
    return digest;
  }

  String pbkdf2() {
    return pbkdf2;
  }

  /** Bytes of a hash. */
  public int sizeBytes() {
    return sizeBytes;
  }
}
