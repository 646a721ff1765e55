package org.meetjar.tls;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/**
 * An authority's directory as the library sees it, with trust in an authority of its own and an ear
 * for what it says about coming back. Used by one thread.
 */
final class AcmeDirectory extends GenericAcmeProvider {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final HttpClient client;
  private final Clock clock;
  private Optional<Instant> retryAt = Optional.empty();

  /**
   * @param authorities who vouches for the directory itself; empty: those whom Java trusts
   */
  AcmeDirectory(Optional<Path> authorities, Clock clock) throws AcmeFailure {
    this.clock = clock;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20));
    if (authorities.isPresent()) {
      builder.sslContext(trusting(authorities.get()));
    }
    client = builder.build();
  }

  Session session(URI directory) {
    return new Session(directory, this);
  }

  /** How long the last refusal asked us to stay away. */
  Optional<Duration> retryAfter() {
    return retryAt.map(at -> Duration.between(clock.instant(), at)).filter(d -> !d.isNegative());
  }

  @Override
  public HttpClient createHttpClient(NetworkSettings network) {
    return client;
  }

  @Override
  public Connection connect(URI server, NetworkSettings network, HttpClient http) {
    return new Listening(new HttpConnector(network, http));
  }

  private static SSLContext trusting(Path file) throws AcmeFailure {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (X509Certificate authority : Pem.certificates(Files.readString(file))) {
        store.setCertificateEntry("authority" + count++, authority);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AcmeFailure(
          AcmeFailure.Kind.UNREACHED,
          "the file " + file + " cannot be used (" + e.getMessage() + "); check acme.directory-ca",
          Optional.empty(),
          e);
    }
  }

  private final class Listening extends DefaultConnection {
    Listening(HttpConnector connector) {
      super(connector);
    }

    @Override
    protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> body)
        throws IOException {
      super.sendRequest(session, url, body);
      int status = lastResponse == null ? 0 : lastResponse.statusCode();
      if (status == UNAVAILABLE || status == TOO_MANY_REQUESTS) {
        try {
          retryAt = getRetryAfter();
        } catch (AcmeProtocolException unintelligible) {
          retryAt = Optional.empty();
        }
      }
    }
  }
}
