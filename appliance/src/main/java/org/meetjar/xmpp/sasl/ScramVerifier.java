package org.meetjar.xmpp.sasl;

/**
 * What a server keeps of a password, RFC 5802 section 3: enough to check it, too little to use it.
 *
 * @param iterations rounds of PBKDF2
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ScramVerifier(
    ScramHash hash, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {

  /** Computes the verifier of a password: milliseconds of work, so never on a loop. */
  public static ScramVerifier of(ScramHash hash, String password, byte[] salt, int iterations) {
    byte[] salted = Scram.salted(hash, password, salt, iterations);
    byte[] storedKey = Scram.digest(hash, Scram.hmac(hash, salted, "Client Key"));
    return new ScramVerifier(
        hash, salt, iterations, storedKey, Scram.hmac(hash, salted, "Server Key"));
  }

  /** Whether this is the password: milliseconds of work, so never on a loop. */
  public boolean matches(String password) {
    return java.security.MessageDigest.isEqual(
        storedKey, of(hash, password, salt, iterations).storedKey);
  }
}
