package org.meetjar.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.meetjar.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate that vouches for itself: browsers warn once. It is kept, so that they warn only
 * once, and made anew for another domain or when it is about to expire.
 */
final class SelfSigned implements CertificateSource {
  private static final Logger log = LoggerFactory.getLogger(SelfSigned.class);

  private static final String FILE = "self-signed.pem";

  /** The longest that browsers accept. */
  private static final Duration VALIDITY = Duration.ofDays(397);

  private static final Duration RENEWAL = Duration.ofDays(30);

  /** Clocks of clients may be behind. */
  private static final Duration LEEWAY = Duration.ofDays(1);

  private final List<String> names;
  private final Path folder;
  private final Clock clock;
  private Optional<Credentials> current = Optional.empty();

  SelfSigned(List<String> names, Path folder, Clock clock) {
    this.names = names;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Optional<Credentials> poll() {
    if (current.filter(this::usable).isPresent()) {
      return Optional.empty();
    }
    Optional<Credentials> found = stored(folder).filter(this::usable);
    if (found.isEmpty()) {
      found = Optional.of(make());
      store(found.get());
    }
    current = found;
    return found;
  }

  private boolean usable(Credentials credentials) {
    X509Certificate certificate = credentials.certificate();
    Instant renewal = certificate.getNotAfter().toInstant().minus(RENEWAL);
    return Names.of(certificate).containsAll(names) && clock.instant().isBefore(renewal);
  }

  /** The one that was made before; empty if there is none. */
  static Optional<Credentials> stored(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      String text = Files.readString(file);
      return Optional.of(new Credentials(Pem.privateKey(text), Pem.certificates(text), false));
    } catch (IOException | GeneralSecurityException damaged) {
      log.warn("the stored certificate is damaged, making another: {}", damaged.toString());
      return Optional.empty();
    }
  }

  /** Key and certificate are one file, so that they can never be of different makes. */
  private void store(Credentials credentials) {
    try {
      PrivateFiles.write(
          folder.resolve(FILE),
          Pem.encode("PRIVATE KEY", credentials.key().getEncoded())
              + Pem.encode("CERTIFICATE", credentials.certificate().getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw new StartFailure(
          "The certificate cannot be kept in " + folder + ": make that folder writable.", e);
    }
  }

  private Credentials make() {
    try {
      KeyPair pair = KeyPairs.make();
      var name = new X500NameBuilder().addRDN(BCStyle.CN, commonName()).build();
      Instant now = clock.instant();
      byte[] encoded =
          new X509v3CertificateBuilder(
                  name,
                  new BigInteger(120, new SecureRandom()).setBit(119),
                  Date.from(now.minus(LEEWAY)),
                  Date.from(now.plus(VALIDITY).minus(LEEWAY)),
                  name,
                  SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(Extension.subjectAlternativeName, false, alternativeNames())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new Credentials(
          pair.getPrivate(), Pem.certificates(Pem.encode("CERTIFICATE", encoded)), false);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new StartFailure("This Java cannot make an EC certificate: use a complete JDK.", e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The field holds 64 characters, RFC 5280 appendix A.1; clients read the other names. */
  private String commonName() {
    String first = names.get(0);
    return first.length() <= 64 ? first : "meetjar";
  }

  private GeneralNames alternativeNames() {
    List<GeneralName> all = new ArrayList<>();
    for (String name : names) {
      all.add(Names.general(name));
      if (name.equals("localhost")) {
        all.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        all.add(new GeneralName(GeneralName.iPAddress, "::1"));
      }
    }
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }
}
