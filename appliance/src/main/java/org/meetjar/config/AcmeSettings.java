package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How certificates are had from an authority, by ACME (RFC 8555).
 *
 * @param directory the authority's directory
 * @param directoryCa PEM file with who vouches for the directory's own certificate; empty: those
 *     whom Java trusts
 * @param email where the authority may write to
 * @param challenges how to prove that the names are ours, the first to be tried first
 * @param profile the kind of certificate to ask for; {@link #AUTOMATIC} or empty for the usual
 * @param keyId of an account that exists at the authority elsewhere (section 7.3.4)
 * @param macKey its key, in base64url
 */
public record AcmeSettings(
    URI directory,
    Optional<Path> directoryCa,
    Optional<String> email,
    List<String> challenges,
    String profile,
    Optional<String> keyId,
    Optional<String> macKey) {
  /** The profile that is right for the names: short-lived for addresses. */
  public static final String AUTOMATIC = "auto";

  /** Proof on the encrypted port, RFC 8737. */
  public static final String TLS_ALPN = "tls-alpn-01";

  /** Proof on the plain port, RFC 8555 section 8.3. */
  public static final String HTTP = "http-01";

  public AcmeSettings {
    challenges = List.copyOf(challenges);
  }

  /** Whether the authority is one that knows the Internet's names alone. */
  boolean isPublic() {
    return directory.getHost().endsWith("letsencrypt.org");
  }

  static AcmeSettings from(Config config) {
    Optional<String> keyId = text(config, "acme.key-id");
    Optional<String> macKey = text(config, "acme.mac-key");
    if (keyId.isPresent() != macKey.isPresent()) {
      throw new StartFailure(
          "Only one of acme.key-id and acme.mac-key is set: set both, as the authority gave them,"
              + " or none.");
    }
    if (macKey.filter(key -> !key.matches("[A-Za-z0-9_-]+=*")).isPresent()) {
      // its value is a secret, and must not get into a message
      throw new StartFailure(
          "The setting acme.mac-key must be base64url, as the authority gave it.");
    }
    return new AcmeSettings(
        directory(config),
        text(config, "acme.directory-ca").map(Path::of),
        email(config),
        challenges(config),
        config.getString("acme.profile").strip(),
        keyId,
        macKey);
  }

  private static URI directory(Config config) {
    try {
      URI directory = URI.create(config.getString("acme.directory").strip());
      if ("https".equals(directory.getScheme()) && directory.getHost() != null) {
        return directory;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // told below
    }
    throw Values.wrong(config, "acme.directory", "an address that begins with https://");
  }

  private static Optional<String> email(Config config) {
    Optional<String> email = text(config, "acme.email");
    if (email.filter(address -> !address.matches("[^@\\s?,]+@[^@\\s?,]+")).isPresent()) {
      throw Values.wrong(config, "acme.email", "one e-mail address");
    }
    return email;
  }

  private static List<String> challenges(Config config) {
    List<String> given =
        config.getStringList("acme.challenges").stream()
            .map(word -> word.strip().toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    if (given.isEmpty() || !List.of(TLS_ALPN, HTTP).containsAll(given)) {
      Config shown =
          config.withValue("acme.challenges", ConfigValueFactory.fromAnyRef(given.toString()));
      throw Values.wrong(shown, "acme.challenges", "some of " + TLS_ALPN + " and " + HTTP);
    }
    return given;
  }

  private static Optional<String> text(Config config, String key) {
    return Optional.of(config.getString(key).strip()).filter(text -> !text.isEmpty());
  }
}
