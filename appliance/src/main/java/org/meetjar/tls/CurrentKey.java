package org.meetjar.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Answers every question of the TLS layer with the present credentials. The alias names them by
 * identity, so that a certificate and its key are of one piece even while they change. An authority
 * that wants proof gets the answer to its challenge instead.
 */
final class CurrentKey extends X509ExtendedKeyManager {
  private static final String FOR_AUTHORITY = Challenges.PROTOCOL + " ";

  private final Supplier<Credentials> current;
  private final Challenges challenges;

  /** What was used last, for handshakes that began before a change. */
  private volatile Credentials previous;

  private volatile Credentials latest;

  CurrentKey(Supplier<Credentials> current, Challenges challenges) {
    this.current = current;
    this.challenges = challenges;
    latest = current.get();
    previous = latest;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return Challenges.isAsked(engine)
        ? chooseForAuthority(keyType, Challenges.serverName(engine))
        : choose(keyType);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return choose(keyType);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    Optional<Credentials> named = named(alias);
    return named.map(found -> found.chain().toArray(X509Certificate[]::new)).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return named(alias).map(Credentials::key).orElse(null);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }

  private String chooseForAuthority(String keyType, String name) {
    boolean fits = keyType.equals("EC") && challenges.credentials(name).isPresent();
    return fits ? FOR_AUTHORITY + name : null;
  }

  private String choose(String keyType) {
    Credentials now = current.get();
    if (!now.certificate().equals(latest.certificate())) {
      previous = latest;
      latest = now;
    }
    // the layer asks for each kind of key that it knows: EC, RSA, EC_EC, ...
    String algorithm = now.key().getAlgorithm();
    boolean fits = keyType.equals(algorithm) || keyType.startsWith(algorithm + "_");
    return fits ? alias(now) : null;
  }

  private Optional<Credentials> named(String alias) {
    if (alias.startsWith(FOR_AUTHORITY)) {
      return challenges.credentials(alias.substring(FOR_AUTHORITY.length()));
    }
    Credentials before = previous;
    return Optional.of(alias.equals(alias(before)) ? before : latest);
  }

  private static String alias(Credentials credentials) {
    return credentials.certificate().getSerialNumber().toString(16);
  }
}
