package org.meetjar.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.meetjar.config.StartFailure;
import org.meetjar.config.TlsMode;
import org.meetjar.config.TlsSettings;

/**
 * What is to be said of the server's certificate.
 *
 * @param mode where it comes from
 * @param names what it is for; empty if there is none
 * @param issuer who vouches for it, as people call them: organisation and name; the empty string if
 *     there is none
 * @param notBefore from when it is good
 * @param notAfter until when it is good
 * @param selfSigned whether nobody else vouches for it, so that browsers warn
 * @param trouble why there is no other, as part of a sentence with the remedy
 */
public record CertificateState(
    TlsMode mode,
    List<String> names,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    boolean selfSigned,
    Optional<String> trouble) {
  public CertificateState {
    names = List.copyOf(names);
  }

  /**
   * What the files say, while no server need be running; makes and asks for nothing. Blocks.
   *
   * @param data the server's data folder
   */
  public static CertificateState stored(TlsSettings settings, Path data) {
    Path folder = data.resolve("tls");
    Optional<Credentials> found = Optional.empty();
    Optional<String> trouble = Optional.empty();
    try {
      switch (settings.mode()) {
        case FILES ->
            found =
                new PemFiles(settings.certificate().orElseThrow(), settings.key().orElseThrow())
                    .poll();
        case ACME -> {
          AcmeFolder acme = new AcmeFolder(folder.resolve("acme"), settings.acme().directory());
          found = acme.certificate();
          trouble = acme.state(settings.names()).trouble().map(AcmeState.Trouble::why);
        }
        default -> found = SelfSigned.stored(folder);
      }
    } catch (StartFailure unusable) {
      trouble = Optional.of(unusable.getMessage());
    }
    return of(settings.mode(), found, trouble);
  }

  static CertificateState of(
      TlsMode mode, Optional<Credentials> credentials, Optional<String> trouble) {
    if (credentials.isEmpty()) {
      return new CertificateState(
          mode, List.of(), "", Instant.EPOCH, Instant.EPOCH, false, trouble);
    }
    X509Certificate certificate = credentials.get().certificate();
    return new CertificateState(
        mode,
        List.copyOf(Names.of(certificate)),
        issuer(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()),
        trouble);
  }

  private static String issuer(X509Certificate certificate) {
    String whole = certificate.getIssuerX500Principal().getName();
    List<String> words = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(whole).getRdns()) {
        if (part.getType().equalsIgnoreCase("O") || part.getType().equalsIgnoreCase("CN")) {
          words.add(String.valueOf(part.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      return whole;
    }
    return String.join(" ", words);
  }
}
