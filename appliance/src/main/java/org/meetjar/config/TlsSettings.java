package org.meetjar.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the encrypted page's certificate.
 *
 * @param mode where it comes from; never {@link TlsMode#AUTO}, which has been decided
 * @param names what it is for, the server's domain first
 * @param certificate PEM file with the certificate and its chain; there in mode files
 * @param key PEM file with the certificate's private key; there in mode files
 */
public record TlsSettings(
    TlsMode mode,
    List<String> names,
    Optional<Path> certificate,
    Optional<Path> key,
    AcmeSettings acme) {
  public TlsSettings {
    names = List.copyOf(names);
  }

  static TlsSettings from(Config config) {
    Optional<Path> certificate = path(config, "tls.certificate");
    Optional<Path> key = path(config, "tls.key");
    if (certificate.isPresent() != key.isPresent()) {
      throw new StartFailure(
          "Only one of tls.certificate and tls.key is set: set both, or none for a certificate of"
              + " our own making.");
    }
    List<String> names = names(config);
    AcmeSettings acme = AcmeSettings.from(config);
    TlsMode mode = mode(config, certificate.isPresent(), names.get(0), acme);
    if (mode == TlsMode.FILES && certificate.isEmpty()) {
      throw new StartFailure(
          "The setting tls.mode is files, but none are given: set tls.certificate and tls.key.");
    }
    if (mode == TlsMode.ACME && acme.isPublic()) {
      names.stream()
          .filter(name -> !DomainName.isCertifiable(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw uncertifiable(name);
              });
    }
    return new TlsSettings(mode, names, certificate, key, acme);
  }

  /** The server's name, with which the others share the certificate. */
  public String domain() {
    return names.get(0);
  }

  /** The domain, and the other names under which people reach this server. */
  static List<String> names(Config config) {
    return Stream.concat(
            Stream.of(DomainName.of(config.getString("domain"))),
            config.getStringList("tls.names").stream().map(DomainName::of))
        .distinct()
        .toList();
  }

  /** Where the certificate is to come from, never {@link TlsMode#AUTO}. */
  static TlsMode mode(Config config) {
    return mode(
        config,
        path(config, "tls.certificate").isPresent(),
        DomainName.of(config.getString("domain")),
        AcmeSettings.from(config));
  }

  private static TlsMode mode(Config config, boolean files, String domain, AcmeSettings acme) {
    TlsMode mode = Values.word(config, "tls.mode", TlsMode.class);
    if (mode != TlsMode.AUTO) {
      return mode;
    }
    if (files) {
      return TlsMode.FILES;
    }
    // an authority of one's own may know names that the Internet does not
    boolean certifiable =
        acme.isPublic() ? DomainName.isCertifiable(domain) : DomainName.isPublic(domain);
    return certifiable ? TlsMode.ACME : TlsMode.SELF_SIGNED;
  }

  private static StartFailure uncertifiable(String name) {
    return new StartFailure(
        "No authority gives a certificate for "
            + Values.quoted(name)
            + ": give names of the Internet, --tls self-signed, or acme.directory of your own.");
  }

  private static Optional<Path> path(Config config, String key) {
    String path = config.getString(key).strip();
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }
}
