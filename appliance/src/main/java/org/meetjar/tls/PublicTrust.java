package org.meetjar.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Tells whether those vouch for a certificate whom everybody trusts: Java's own list of them. */
final class PublicTrust {
  private PublicTrust() {}

  /** Whether the chain leads to one of them. Blocks for some 100 ms at first. */
  static boolean reaches(List<X509Certificate> chain) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      X509TrustManager manager =
          (X509TrustManager)
              Arrays.stream(factory.getTrustManagers())
                  .filter(X509TrustManager.class::isInstance)
                  .findFirst()
                  .orElseThrow();
      String kind = chain.get(0).getPublicKey().getAlgorithm();
      manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), "ECDHE_" + kind);
      return true;
    } catch (GeneralSecurityException untrusted) {
      return false;
    }
  }
}
