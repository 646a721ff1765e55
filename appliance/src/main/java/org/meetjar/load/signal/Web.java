package org.meetjar.load.signal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.meetjar.config.StartFailure;

/** HTTP and WebSockets to the server, with the certificates that are to be accepted. Any thread. */
public final class Web {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int THREADS = 2;

  private final HttpClient client;

  /**
   * @param anyCertificate whether also those that nobody vouches for
   */
  public Web(boolean anyCertificate) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(
                Executors.newFixedThreadPool(
                    THREADS,
                    task -> {
                      Thread thread = new Thread(task, "web");
                      thread.setDaemon(true);
                      return thread;
                    }));
    if (anyCertificate) {
      builder.sslContext(trustingAll());
    }
    client = builder.build();
  }

  /** The text of a page, or a sentence that says why there is none. */
  public String get(URI uri) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StartFailure(
            uri
                + " is answered with status "
                + answer.statusCode()
                + ": give the address of a Jitsi-compatible server.");
      }
      return answer.body();
    } catch (IOException e) {
      throw new StartFailure(sentence(uri, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted.", e);
    }
  }

  CompletableFuture<WebSocket> socket(URI uri, String subprotocol, WebSocket.Listener listener) {
    WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
    if (!subprotocol.isEmpty()) {
      builder.subprotocols(subprotocol);
    }
    return builder.buildAsync(uri, listener);
  }

  /** What a failure means to the person who gave the address. */
  static String sentence(URI uri, Throwable failure) {
    String place = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "The certificate of "
            + place
            + " is not accepted ("
            + oneLine(cause)
            + "): if the server is your own, give --accept-any-certificate.";
      }
      if (cause instanceof UnresolvedAddressException) {
        return "There is no host named " + uri.getHost() + ": check --url.";
      }
      if (cause instanceof HttpTimeoutException) {
        return place + " does not answer in time: check --url, and that the server runs.";
      }
    }
    if (failure instanceof ConnectException || failure.getCause() instanceof ConnectException) {
      return "Nobody answers at " + place + ": check --url, and that the server runs.";
    }
    return "The connection to " + place + " failed: " + oneLine(failure) + ".";
  }

  static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }

  private static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is missing", e);
    }
  }

  /** For servers of one's own: of loopback, or by the user's word. The name is not looked at. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
