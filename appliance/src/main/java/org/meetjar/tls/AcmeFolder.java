package org.meetjar.tls;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept for one authority: the account's key, the present certificate with its key, the key
 * of an order in progress, and the {@link AcmeState}. Only the owner may read it. Used by one
 * thread.
 */
final class AcmeFolder {
  private static final Logger log = LoggerFactory.getLogger(AcmeFolder.class);
  private static final String ACCOUNT = "account.pem";
  private static final String ORDER = "order.pem";
  private static final String CERTIFICATE = "certificate.pem";
  private static final String STATE = "state.json";

  private final Path folder;

  /** As long as the disk takes nothing, this is what is remembered. */
  private Optional<AcmeState> unkept = Optional.empty();

  /**
   * @param parent the folder of all authorities
   */
  AcmeFolder(Path parent, URI directory) {
    String port = directory.getPort() < 0 ? "" : "_" + directory.getPort();
    String path = String.valueOf(directory.getPath()).replaceAll("[^A-Za-z0-9]+", "_");
    folder = parent.resolve(directory.getHost().toLowerCase(Locale.ROOT) + port + path);
  }

  Optional<KeyPair> accountKey() {
    return key(ACCOUNT);
  }

  void keepAccountKey(KeyPair key) throws IOException {
    keep(ACCOUNT, key);
  }

  /** Forgets an account that is of no more use. */
  void dropAccountKey() throws IOException {
    Files.deleteIfExists(folder.resolve(ACCOUNT));
  }

  Optional<KeyPair> orderKey() {
    return key(ORDER);
  }

  void keepOrderKey(KeyPair key) throws IOException {
    keep(ORDER, key);
  }

  /** The present certificate, of which it is not known whether browsers trust it. */
  Optional<Credentials> certificate() {
    return read(CERTIFICATE)
        .flatMap(
            text -> {
              try {
                Credentials found =
                    new Credentials(Pem.privateKey(text), Pem.certificates(text), false);
                if (KeyPairs.match(found)) {
                  return Optional.of(found);
                }
                log.warn("the stored certificate and its key are of different makes");
              } catch (GeneralSecurityException damaged) {
                log.warn("the stored certificate is damaged: {}", damaged.getMessage());
              }
              return Optional.empty();
            });
  }

  /** Keeps key and certificate in one file, so that they can never be of different makes. */
  void keepCertificate(Credentials credentials) throws IOException, GeneralSecurityException {
    StringBuilder text =
        new StringBuilder(Pem.encode("PRIVATE KEY", credentials.key().getEncoded()));
    for (X509Certificate certificate : credentials.chain()) {
      text.append(Pem.encode("CERTIFICATE", certificate.getEncoded()));
    }
    PrivateFiles.write(folder.resolve(CERTIFICATE), text.toString());
  }

  /** What is remembered for these names. */
  AcmeState state(List<String> names) {
    return unkept
        .or(() -> read(STATE).flatMap(AcmeState::parse))
        .filter(state -> state.names().equals(names))
        .orElseGet(() -> AcmeState.fresh(names));
  }

  /** Remembers, in this process at least. */
  void keepState(AcmeState state) throws IOException {
    unkept = Optional.of(state);
    PrivateFiles.write(folder.resolve(STATE), state.toJson());
    unkept = Optional.empty();
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private Optional<KeyPair> key(String name) {
    return read(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(new KeyPair(Pem.publicKey(text), Pem.privateKey(text)));
              } catch (GeneralSecurityException damaged) {
                log.warn("the stored key {} is damaged: {}", name, damaged.getMessage());
                return Optional.empty();
              }
            });
  }

  private void keep(String name, KeyPair key) throws IOException {
    PrivateFiles.write(
        folder.resolve(name),
        Pem.encode("PRIVATE KEY", key.getPrivate().getEncoded())
            + Pem.encode("PUBLIC KEY", key.getPublic().getEncoded()));
  }

  private Optional<String> read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      log.warn("{} cannot be read: {}", file, e.toString());
      return Optional.empty();
    }
  }
}
