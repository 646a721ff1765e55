package org.meetjar.xmpp.sasl;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Verifiers for accounts that do not exist, so that a stranger cannot tell them from others: the
 * same name has the same salt each time (RFC 5802 section 9 warns of the difference). No password
 * fits them.
 */
public final class UnknownAccounts {
  /** As the store has it for real accounts. */
  public static final int ITERATIONS = 10_000;

  /** Bytes of salt, as the store has it for real accounts. */
  public static final int SALT = 16;

  private final byte[] secret = new byte[32];

  public UnknownAccounts(SecureRandom random) {
    random.nextBytes(secret);
  }

  public ScramVerifier verifier(ScramHash hash, String username) {
    byte[] salt = Arrays.copyOf(Scram.hmac(ScramHash.SHA_256, secret, "salt " + username), SALT);
    byte[] key = Arrays.copyOf(Scram.hmac(ScramHash.SHA_256, secret, "key"), hash.sizeBytes());
    return new ScramVerifier(hash, salt, ITERATIONS, key, key);
  }
}
