package org.meetjar.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.config.SettingsReader;
import org.meetjar.tls.Certificates;

/** A real web server on ports of the system's choice, and clients for it. */
final class TestServer implements AutoCloseable {
  final WebServer web;
  private boolean trusted;

  TestServer(Path data, Map<String, String> settings, Consumer<WebServer> routes) {
    Map<String, List<String>> given = new HashMap<>();
    given.put("http-port", List.of("0"));
    given.put("https-port", List.of("0"));
    settings.forEach((key, value) -> given.put(key, List.of(value)));
    Settings read = new SettingsReader().commandLine(given).read();
    web = new WebServer(read.http(), LiveSettings.of(read), () -> true, "web-test/");
    web.bind();
    routes.accept(web);
    web.start(new Certificates(read.tls(), data, Clock.systemUTC()).context(), () -> trusted);
  }

  void trust() {
    trusted = true;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("http://localhost:" + web.httpPort() + path, headers);
  }

  HttpResponse<String> getEncrypted(String path, String... headers) throws Exception {
    return send("https://localhost:" + web.httpsPort() + path, headers);
  }

  private static HttpResponse<String> send(String uri, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static HttpClient client() {
    return HttpClient.newBuilder().sslContext(trusting()).build();
  }

  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    web.close();
  }

  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

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
