package org.meetjar.transport;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.meetjar.colibri.TransportDescription.Fingerprint;

/**
 * Our side's DTLS certificate: self-signed ECDSA P-256, made anew by every process; what vouches
 * for it is the fingerprint in the signalling. Immutable.
 */
final class DtlsIdentity {
  final BcTlsCrypto crypto;
  final Certificate certificate;
  final AsymmetricKeyParameter key;
  final Fingerprint fingerprint;

  private DtlsIdentity(
      BcTlsCrypto crypto, Certificate certificate, AsymmetricKeyParameter key, byte[] encoded) {
    this.crypto = crypto;
    this.certificate = certificate;
    this.key = key;
    fingerprint =
        new Fingerprint("sha-256", Fingerprints.of("sha-256", encoded).orElseThrow(), "actpass");
  }

  static DtlsIdentity create() {
    try {
      SecureRandom random = new SecureRandom();
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      AsymmetricKeyParameter key = PrivateKeyFactory.createKey(pair.getPrivate().getEncoded());
      byte[] encoded = selfSigned(pair, key, random);
      BcTlsCrypto crypto = new BcTlsCrypto(random);
      TlsCertificate[] chain = {crypto.createCertificate(encoded)};
      return new DtlsIdentity(crypto, new Certificate(chain), key, encoded);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("the DTLS certificate cannot be made", e);
    }
  }

  @SuppressWarnings("JavaUtilDate") // The library's signature.
  private static byte[] selfSigned(KeyPair pair, AsymmetricKeyParameter key, SecureRandom random)
      throws IOException, OperatorCreationException {
    X500Name name = new X500Name("CN=meetjar");
    // Nobody checks the dates, but some libraries insist on them; clients' clocks are wrong at
    // times.
    Instant now = Instant.now();
    Date from = Date.from(now.minus(Duration.ofDays(1)));
    Date until = Date.from(now.plus(Duration.ofDays(3650)));
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name,
            new BigInteger(63, random).add(BigInteger.ONE),
            from,
            until,
            name,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    var signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
    var digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
    return builder.build(new BcECContentSignerBuilder(signature, digest).build(key)).getEncoded();
  }
}
