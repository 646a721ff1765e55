package org.meetjar.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.meetjar.config.StartFailure;

/** Makes keys, and tells whether a private key belongs to a certificate. */
final class KeyPairs {
  private static final byte[] PROBE = {1, 2, 3, 4};

  private KeyPairs() {}

  /** A key on the curve that every client knows, P-256. */
  static KeyPair make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new StartFailure("This Java cannot make an EC key: use a complete JDK.", e);
    }
  }

  /** By signing and verifying. */
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
