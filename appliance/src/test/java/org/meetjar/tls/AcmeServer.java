package org.meetjar.tls;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.meetjar.Await;
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.Settings;
import org.meetjar.config.SettingsReader;
import org.meetjar.config.TlsMode;
import org.meetjar.config.TlsSettings;
import org.meetjar.http.WebServer;

/** The web server as the appliance runs it, whose certificate comes from a {@link Pebble}. */
final class AcmeServer implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  private final WebServer web;
  private Optional<Certificates> certificates = Optional.empty();

  /** With the relay on its encrypted port, as the appliance has it. */
  AcmeServer() {
    Map<String, List<String>> given = new HashMap<>();
    given.put("domain", List.of("meet.example.org"));
    given.put("http-port", List.of("0"));
    given.put("https-port", List.of("0"));
    given.put("bind-address", List.of(ADDRESS));
    Settings settings = new SettingsReader().commandLine(given).read();
    web = new WebServer(settings.http(), () -> true);
    web.bind();
    web.streams(
        channel -> {
          throw new IllegalStateException("nobody speaks STUN here");
        });
  }

  static TlsSettings settings(
      List<String> names, URI directory, Path authority, String... challenges) {
    return new TlsSettings(
        TlsMode.ACME,
        names,
        Optional.empty(),
        Optional.empty(),
        new AcmeSettings(
            directory,
            Optional.of(authority),
            Optional.of("admin@example.org"),
            List.of(challenges),
            AcmeSettings.AUTOMATIC,
            Optional.of(Pebble.KEY_ID),
            Optional.of(Pebble.MAC_KEY)));
  }

  void start(TlsSettings settings, Path data) {
    open(settings, data);
    obtain();
  }

  /** Serves with what there is; no authority is asked yet. */
  void open(TlsSettings settings, Path data) {
    Certificates made = new Certificates(settings, data, Clock.systemUTC());
    certificates = Optional.of(made);
    web.answerChallenges(made::challengeAnswer);
    web.start(made.context(), made::trusted);
  }

  /** Begins to look after the certificate. */
  void obtain() {
    certificates.orElseThrow().start(true, List::of);
  }

  /** Serves without having a certificate made. */
  void serve(Path data) {
    start(
        new TlsSettings(
            TlsMode.SELF_SIGNED,
            List.of("meet.example.org"),
            Optional.empty(),
            Optional.empty(),
            new SettingsReader().read().tls().acme()),
        data);
  }

  CertificateState state() {
    return certificates.orElseThrow().state();
  }

  Challenges challenges() {
    return certificates.orElseThrow().challenges();
  }

  int httpPort() {
    return web.httpPort();
  }

  int httpsPort() {
    return web.httpsPort();
  }

  boolean trusted() {
    return certificates.orElseThrow().trusted();
  }

  /** The certificate that a client is shown. */
  X509Certificate shown() throws Exception {
    try (SSLSocket socket = connect()) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Waits until a client is shown another certificate than one of our making. */
  X509Certificate awaitIssued() throws Exception {
    Await.until(() -> isIssued(shown()));
    return shown();
  }

  static boolean isIssued(X509Certificate certificate) {
    return !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
  }

  SSLSocket connect() throws Exception {
    SSLSocket socket = socket("meet.example.org", new TrustAll());
    socket.startHandshake();
    return socket;
  }

  /** The certificate that an authority is shown which looks for proof of a name. */
  X509Certificate shownToAuthority(String name) throws Exception {
    TrustAll seeing = new TrustAll();
    try (SSLSocket socket = socket(name, seeing, Challenges.PROTOCOL)) {
      socket.startHandshake();
    } catch (IOException closed) {
      // the server has said all that it has to say
    }
    return seeing.seen.orElseThrow();
  }

  private SSLSocket socket(String name, TrustAll trust, String... protocols) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, new SecureRandom());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(ADDRESS, web.httpsPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Override
  public void close() {
    certificates.ifPresent(Certificates::close);
    web.close();
  }

  private static final class TrustAll implements X509TrustManager {
    private volatile Optional<X509Certificate> seen = Optional.empty();

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      seen = Optional.of(chain[0]);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
