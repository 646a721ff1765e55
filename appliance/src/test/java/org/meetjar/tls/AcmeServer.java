package org.meetjar.tls;

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
import org.meetjar.config.AcmeSettings;
import org.meetjar.config.Settings;
import org.meetjar.config.SettingsReader;
import org.meetjar.config.TlsMode;
import org.meetjar.config.TlsSettings;
import org.meetjar.http.WebServer;

/** The web server as the appliance runs it, whose certificate comes from a {@link Pebble}. */
final class AcmeServer implements AutoCloseable {
  private final String address;
  private final WebServer web;
  private Optional<Certificates> certificates = Optional.empty();

  AcmeServer() {
    this("127.0.0.1");
  }

  /** With the relay on its encrypted port, as the appliance has it. */
  AcmeServer(String address) {
    this.address = address;
    Map<String, List<String>> given = new HashMap<>();
    given.put("domain", List.of("meet.example.org"));
    given.put("http-port", List.of("0"));
    given.put("https-port", List.of("0"));
    given.put("bind-address", List.of(address));
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
    Certificates made = new Certificates(settings, data, Clock.systemUTC());
    certificates = Optional.of(made);
    web.answerChallenges(made::challengeAnswer);
    web.start(made.context(), made::trusted);
    made.start(true, List::of);
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
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(address, web.httpsPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName("meet.example.org")));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Override
  public void close() {
    certificates.ifPresent(Certificates::close);
    web.close();
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
