package org.meetjar.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.meetjar.TrustAll;
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
    return HttpClient.newBuilder().sslContext(TrustAll.context()).build();
  }

  @Override
  public void close() {
    web.close();
  }
}
