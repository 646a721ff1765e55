package org.meetjar.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate first, then those that vouch for it
 * @param trusted whether an authority vouches for it, as far as we can tell
 */
public record Credentials(PrivateKey key, List<X509Certificate> chain, boolean trusted) {
  public Credentials {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }
}
