package org.meetjar.tls;

import java.security.GeneralSecurityException;
import java.security.Signature;

/** Tells whether a private key belongs to a certificate, by signing and verifying. */
final class KeyPairs {
  private static final byte[] PROBE = {1, 2, 3, 4};

  private KeyPairs() {}

  static boolean match(Credentials credentials) {
    String algorithm =
        switch (credentials.key().getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> credentials.key().getAlgorithm();
        };
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(credentials.key());
      signer.update(PROBE);
      byte[] signature = signer.sign();
      signer.initVerify(credentials.certificate());
      signer.update(PROBE);
      return signer.verify(signature);
    } catch (GeneralSecurityException otherKind) {
      return false;
    }
  }
}
