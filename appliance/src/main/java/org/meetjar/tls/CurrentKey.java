package org.meetjar.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Answers every question of the TLS layer with the present credentials. The alias names them by
 * identity, so that a certificate and its key are of one piece even while they change.
 */
final class CurrentKey extends X509ExtendedKeyManager {
  private final Supplier<Credentials> current;

  /** What was used last, for handshakes that began before a change. */
  private volatile Credentials previous;

  private volatile Credentials latest;

  CurrentKey(Supplier<Credentials> current) {
    this.current = current;
    latest = current.get();
    previous = latest;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return choose(keyType);
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
    return named(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return named(alias).key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
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

  private Credentials named(String alias) {
    Credentials before = previous;
    return alias.equals(alias(before)) ? before : latest;
  }

  private static String alias(Credentials credentials) {
    return credentials.certificate().getSerialNumber().toString(16);
  }
}
