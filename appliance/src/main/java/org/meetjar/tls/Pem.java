package org.meetjar.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Certificates and keys as text, RFC 7468. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private Pem() {}

  /** The certificates of a file, at least one, in its order. */
  static List<X509Certificate> certificates(String text) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new java.util.ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        chain.add(
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(decode(block.group(2)))));
      }
    }
    if (chain.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    return chain;
  }

  /** The private key of a file: PKCS #8 (RFC 5958), or the older forms of RSA and EC keys. */
  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return pkcs8(decode(block.group(2)));
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
          return traditional(block.group());
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new GeneralSecurityException("the key is encrypted with a password");
        default -> {
          // parameters and certificates may stand beside the key
        }
      }
    }
    throw new GeneralSecurityException("no private key in it");
  }

  /** The public key that stands beside a private key: SubjectPublicKeyInfo (RFC 5280). */
  static PublicKey publicKey(String text) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("PUBLIC KEY")) {
        return KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(decode(block.group(2))));
      }
    }
    throw new GeneralSecurityException("no public key in it");
  }

  static String encode(String kind, byte[] content) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    GeneralSecurityException last = new GeneralSecurityException("unknown kind of key");
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException otherKind) {
        last = otherKind;
      }
    }
    throw last;
  }

  private static PrivateKey traditional(String block) throws GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(block))) {
      if (parser.readObject() instanceof PEMKeyPair pair) {
        return pkcs8(pair.getPrivateKeyInfo().getEncoded());
      }
    } catch (IOException e) {
      throw new GeneralSecurityException("damaged", e);
    }
    throw new GeneralSecurityException("no private key in it");
  }

  private static byte[] decode(String base64) throws CertificateException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("damaged", e);
    }
  }
}
