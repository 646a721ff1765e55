package org.meetjar.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate that proves a name on the encrypted port, RFC 8737 section 3. (The library's own
 * can be signed with RSA only.)
 */
final class ChallengeCertificate {
  /** id-pe-acmeIdentifier, section 6.1. */
  private static final ASN1ObjectIdentifier ACME_IDENTIFIER =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");

  private static final X500Name SUBJECT = new X500Name("CN=acme.invalid");
  private static final Duration LEEWAY = Duration.ofDays(1);

  private ChallengeCertificate() {}

  /**
   * @param name a domain name or an address
   * @param validation SHA-256 of the key authorization
   */
  static Credentials make(String name, byte[] validation, Clock clock) {
    KeyPair key = KeyPairs.make();
    Instant now = clock.instant();
    try {
      byte[] encoded =
          new X509v3CertificateBuilder(
                  SUBJECT,
                  new BigInteger(120, new SecureRandom()).setBit(119),
                  Date.from(now.minus(LEEWAY)),
                  Date.from(now.plus(LEEWAY)),
                  SUBJECT,
                  SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()))
              .addExtension(
                  Extension.subjectAlternativeName, false, new GeneralNames(Names.general(name)))
              .addExtension(ACME_IDENTIFIER, true, new DEROctetString(validation))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
              .getEncoded();
      return new Credentials(
          key.getPrivate(), Pem.certificates(Pem.encode("CERTIFICATE", encoded)), false);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate like any other", e);
    }
  }
}
