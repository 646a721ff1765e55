package org.meetjar.transport;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meetjar.colibri.TransportDescription.Fingerprint;

/** Certificate fingerprints, RFC 8122. */
final class Fingerprints {
  private static final Map<String, String> DIGESTS =
      Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

  private Fingerprints() {}

  /** The fingerprint as SDP writes it; empty for a hash that is not good enough. */
  static Optional<String> of(String hash, byte[] certificate) {
    String digest = DIGESTS.get(hash.toLowerCase(Locale.ROOT));
    if (digest == null) {
      return Optional.empty();
    }
    try {
      byte[] value = MessageDigest.getInstance(digest).digest(certificate);
      return Optional.of(HexFormat.ofDelimiter(":").withUpperCase().formatHex(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(digest + " is missing", e);
    }
  }

  /** Whether one of those that were signalled is the certificate's. */
  static boolean matches(List<Fingerprint> signalled, byte[] certificate) {
    return signalled.stream()
        .anyMatch(
            each ->
                of(each.hash(), certificate)
                    .filter(value -> value.equalsIgnoreCase(each.value().trim()))
                    .isPresent());
  }
}
