package org.meetjar.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of the encrypted page's certificate.
 *
 * @param domain the name that a certificate of our own making carries
 * @param certificate PEM file with the certificate and its chain; empty: we make one ourselves
 * @param key PEM file with the certificate's private key
 */
public record TlsSettings(String domain, Optional<Path> certificate, Optional<Path> key) {
  static TlsSettings from(Config config) {
    Optional<Path> certificate = path(config, "tls.certificate");
    Optional<Path> key = path(config, "tls.key");
    if (certificate.isPresent() != key.isPresent()) {
      throw new StartFailure(
          "Only one of tls.certificate and tls.key is set: set both, or none for a certificate of"
              + " our own making.");
    }
    return new TlsSettings(DomainName.normalise(config.getString("domain")), certificate, key);
  }

  private static Optional<Path> path(Config config, String key) {
    String path = config.getString(key).strip();
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }
}
