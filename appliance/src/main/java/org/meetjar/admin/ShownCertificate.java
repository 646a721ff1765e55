package org.meetjar.admin;

import java.time.Instant;
import java.util.List;

/**
 * The certificate that browsers are shown.
 *
 * @param names for which it was made
 * @param issuer who vouches for it
 * @param trusted whether browsers believe them, as far as we can tell
 * @param problem what is being waited for, in a sentence; empty when all is well
 */
public record ShownCertificate(
    List<String> names, String issuer, Instant notAfter, boolean trusted, String problem) {
  public ShownCertificate {
    names = List.copyOf(names);
  }
}
