package org.meetjar.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.StartFailure;

/** A certificate that somebody else looks after, such as certbot. */
final class PemFiles implements CertificateSource {
  private final Path certificate;
  private final Path key;
  private Optional<Stamp> read = Optional.empty();

  PemFiles(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
  }

  @Override
  public Optional<Credentials> poll() {
    Stamp stamp = new Stamp(changed(certificate), changed(key));
    if (read.isPresent() && read.get().equals(stamp)) {
      return Optional.empty();
    }
    List<X509Certificate> chain = read(certificate, Pem::certificates);
    Credentials credentials =
        new Credentials(read(key, Pem::privateKey), chain, !isSelfSigned(chain.get(0)));
    if (!KeyPairs.match(credentials)) {
      throw new StartFailure(
          "The key in "
              + key
              + " does not belong to the certificate in "
              + certificate
              + ": give the pair that was made together.");
    }
    read = Optional.of(stamp);
    return Optional.of(credentials);
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static <T> T read(Path file, Parser<T> parser) {
    try {
      return parser.parse(Files.readString(file));
    } catch (GeneralSecurityException e) {
      throw new StartFailure(
          "The file " + file + " cannot be used (" + e.getMessage() + "): give a PEM file.", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static StartFailure unreadable(Path file, IOException e) {
    return new StartFailure(
        "The file " + file + " cannot be read: check tls.certificate and tls.key, and its rights.",
        e);
  }

  private interface Parser<T> {
    T parse(String text) throws GeneralSecurityException;
  }

  private record Stamp(FileTime certificate, FileTime key) {}
}
