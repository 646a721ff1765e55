package org.meetjar.tls;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.meetjar.config.StartFailure;
import org.meetjar.config.TlsMode;
import org.meetjar.config.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's certificate, current at any time. Any thread may ask for it. */
public final class Certificates implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Certificates.class);

  /** Sessions that clients may take up again, about 1 KB each. */
  private static final int CACHED_SESSIONS = 1000;

  private static final int SESSION_SECONDS = 3600;

  private final TlsMode mode;
  private final CertificateSource source;
  private final SSLContext context;
  private final Challenges challenges = new Challenges();
  private final Optional<AcmeKeeper> keeper;
  private final Clock clock;
  private volatile Credentials current;
  private volatile Supplier<List<InetAddress>> known = List::of;

  /** Whether the source's certificates are of no more use. */
  private volatile boolean replaced;

  /**
   * Reads the given certificate, or makes one.
   *
   * @param data the folder that keeps those that we make or have made
   * @throws StartFailure when a given one cannot be used
   */
  public Certificates(TlsSettings settings, Path data, Clock clock) {
    this.clock = clock;
    mode = settings.mode();
    Path folder = data.resolve("tls");
    source =
        settings.mode() == TlsMode.FILES
            ? new PemFiles(settings.certificate().orElseThrow(), settings.key().orElseThrow())
            : new SelfSigned(settings.names(), folder, clock);
    keeper =
        settings.mode() == TlsMode.ACME
            ? Optional.of(
                new AcmeKeeper(
                    settings,
                    new AcmeFolder(folder.resolve("acme"), settings.acme().directory()),
                    challenges,
                    clock,
                    new SecureRandom(),
                    () -> DnsView.of(settings.names(), known.get()),
                    this::replace))
            : Optional.empty();
    Optional<Credentials> stored = keeper.flatMap(AcmeKeeper::stored);
    replaced = stored.isPresent();
    current =
        stored
            .or(source::poll)
            .orElseThrow(() -> new IllegalStateException("a source begins with one"));
    context = makeContext();
  }

  /**
   * Begins to look after a certificate from an authority, if that is where it comes from; the
   * encrypted port must be served by then. Does not wait.
   *
   * @param plainPage whether the plain port is served too
   * @param addresses where others reach this machine, beside the addresses that it has; asked now
   *     and then, may block
   */
  public void start(boolean plainPage, Supplier<List<InetAddress>> addresses) {
    known = addresses;
    keeper.ifPresent(made -> made.start(plainPage));
  }

  /** What is to be said of the present certificate. */
  public CertificateState state() {
    return CertificateState.of(mode, Optional.of(current), keeper.flatMap(AcmeKeeper::trouble));
  }

  /** Takes up a changed certificate. Blocks; one call at a time. */
  public void refresh() {
    if (replaced) {
      return;
    }
    try {
      source
          .poll()
          .ifPresent(
              changed -> {
                if (!replaced) {
                  current = changed;
                  log.info("a new certificate is in use, until {}", expiry(changed));
                }
              });
    } catch (StartFailure e) {
      log.warn("the certificate stays the same: {}", e.getMessage());
    }
  }

  /** Whether browsers trust the present certificate. */
  public boolean trusted() {
    Credentials now = current;
    return now.trusted() && clock.instant().isBefore(expiry(now));
  }

  /**
   * What an authority is to be answered on the plain port, RFC 8555 section 8.3; empty if it is
   * none of ours.
   */
  public Optional<String> challengeAnswer(String token) {
    return challenges.answer(token);
  }

  /** The present certificate itself. */
  public X509Certificate certificate() {
    return current.certificate();
  }

  /** What stands in the way of a better certificate; empty when all is well. */
  public String problem() {
    return keeper.map(AcmeKeeper::problem).orElse("");
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
          new KeyManager[] {new CurrentKey(() -> current, challenges)},
          new TrustManager[] {new TrustNobody()},
          null);
      made.getServerSessionContext().setSessionCacheSize(CACHED_SESSIONS);
      made.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return made;
    } catch (GeneralSecurityException e) {
      throw new StartFailure("This Java has no TLS: use a complete JDK 17 or newer.", e);
    }
  }

  Challenges challenges() {
    return challenges;
  }

  @Override
  public void close() {
    keeper.ifPresent(AcmeKeeper::close);
  }

  private void replace(Credentials made) {
    replaced = true;
    current = made;
  }

  private static Instant expiry(Credentials credentials) {
    return credentials.certificate().getNotAfter().toInstant();
  }
}
