package org.meetjar.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates such as public authorities make, as PEM files. */
public final class TestAuthority {
  private static final X500Name NAME = new X500Name("CN=Test Authority");

  private final Path folder;
  private final KeyPair key = KeyPairs.make();

  public TestAuthority(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    X509v3CertificateBuilder builder = builder(NAME, key);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    write(certificate(), "CERTIFICATE", encoded(builder));
  }

  /** The authority's own certificate. */
  public Path certificate() {
    return folder.resolve("authority.pem");
  }

  /** Makes a certificate and its key; gives the former's file. */
  public Path issue(String name) throws Exception {
    KeyPair made = KeyPairs.make();
    X509v3CertificateBuilder builder = builder(new X500Name("CN=" + name), made);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName, false, new GeneralNames(Names.general(name)));
    builder.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(
                      new GeneralNames(
                          new GeneralName(
                              GeneralName.uniformResourceIdentifier,
                              "http://crl.example.org/1.crl"))),
                  null,
                  null)
            }));
    write(keyOf(name), "PRIVATE KEY", made.getPrivate().getEncoded());
    Path file = folder.resolve(name + ".pem");
    write(file, "CERTIFICATE", encoded(builder));
    return file;
  }

  /** Where the key of an issued certificate is. */
  public Path keyOf(String name) {
    return folder.resolve(name + ".key.pem");
  }

  /** What a client uses who believes this authority and no other. */
  public SSLContext trustingContext() throws Exception {
    return trusting(certificate());
  }

  /** The same for the authority with this certificate. */
  static SSLContext trusting(Path authority) throws Exception {
    KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
    believed.load(null, null);
    believed.setCertificateEntry("authority", read(authority));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The certificate of a file. */
  public static X509Certificate read(Path file) throws Exception {
    return Pem.certificates(Files.readString(file)).get(0);
  }

  private byte[] encoded(X509v3CertificateBuilder builder) throws Exception {
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
        .getEncoded();
  }

  private static X509v3CertificateBuilder builder(X500Name subject, KeyPair key) {
    Instant now = Instant.now();
    return new X509v3CertificateBuilder(
        NAME,
        new BigInteger(120, new SecureRandom()).setBit(119),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(Duration.ofDays(89))),
        subject,
        SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    Files.writeString(file, Pem.encode(kind, content));
  }
}
