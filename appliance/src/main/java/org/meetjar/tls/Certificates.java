package org.meetjar.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.meetjar.config.StartFailure;
import org.meetjar.config.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's certificate, current at any time. */
public final class Certificates {
  private static final Logger log = LoggerFactory.getLogger(Certificates.class);

  /** Sessions that clients may take up again, about 1 KB each. */
  private static final int CACHED_SESSIONS = 1000;

  private static final int SESSION_SECONDS = 3600;

  private final CertificateSource source;
  private final SSLContext context;
  private volatile Credentials current;

  /**
   * Reads the given certificate, or makes one.
   *
   * @param data the folder that keeps one of our own making
   * @throws StartFailure when a given one cannot be used
   */
  public Certificates(TlsSettings settings, Path data, Clock clock) {
    source =
        settings.certificate().isPresent() && settings.key().isPresent()
            ? new PemFiles(settings.certificate().get(), settings.key().get())
            : new SelfSigned(settings.domain(), data.resolve("tls"), clock);
    current =
        source.poll().orElseThrow(() -> new IllegalStateException("a source begins with one"));
    context = makeContext();
  }

  /** Takes up a changed certificate. Blocks; one call at a time. */
  public void refresh() {
    try {
      source
          .poll()
          .ifPresent(
              changed -> {
                current = changed;
                log.info("a new certificate is in use, until {}", expiry(changed));
              });
    } catch (StartFailure e) {
      log.warn("the certificate stays the same: {}", e.getMessage());
    }
  }

  /** Whether browsers trust the present certificate. */
  public boolean trusted() {
    return current.trusted();
  }

  Credentials current() {
    return current;
  }

  /** A context whose connections always show the present certificate. */
  public SSLContext context() {
    return context;
  }

  private SSLContext makeContext() {
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      // without a trust manager Java would read the certificates of all authorities
      made.init(
          new KeyManager[] {new CurrentKey(() -> current)},
          new TrustManager[] {new TrustNobody()},
          null);
      made.getServerSessionContext().setSessionCacheSize(CACHED_SESSIONS);
      made.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return made;
    } catch (GeneralSecurityException e) {
      throw new StartFailure("This Java has no TLS: use a complete JDK 17 or newer.", e);
    }
  }

  private static String expiry(Credentials credentials) {
    return credentials.certificate().getNotAfter().toInstant().toString();
  }
}
