package org.meetjar.http;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.meetjar.channel.ByteChannelAcceptor;
import org.meetjar.config.HttpSettings;
import org.meetjar.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plain and the encrypted port: takes both before anything is served, and says in a sentence
 * why one is not to be had. Used by the thread that starts and stops the server.
 */
final class WebPorts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebPorts.class);

  private static final int CONNECTION_IDLE_MS = 30_000;
  private static final int MAX_HEADERS_BYTES = 8 << 10;
  private static final int BACKLOG = 256;

  /** Where proxies serve encrypted pages. */
  private static final int PROXY_PORT = 443;

  private final Server server;
  private final HttpSettings settings;
  private final ServerConnector plain;
  private Optional<ServerConnector> encrypted = Optional.empty();

  WebPorts(Server server, HttpSettings settings) {
    this.server = server;
    this.settings = settings;
    HttpConfiguration configuration = configuration();
    if (!settings.encrypted()) {
      configuration.addCustomizer(new BehindProxy(settings));
    }
    plain =
        new ServerConnector(
            server, null, null, null, 0, 1, new HttpConnectionFactory(configuration));
    plain.setPort(settings.httpPort());
    prepare(plain);
  }

  /**
   * Takes the ports; connections wait until they are served.
   *
   * @throws StartFailure when a port is not to be had
   */
  void bind() {
    try {
      open(plain, "http-port", settings.httpPort());
    } catch (StartFailure e) {
      if (settings.plainNeeded()) {
        throw e;
      }
      log.warn("serving the encrypted page alone: {}", e.getMessage());
    }
    if (!settings.encrypted()) {
      return;
    }
    ServerConnector made = new ServerConnector(server, null, null, null, 0, 1);
    encrypted = Optional.of(made);
    made.setPort(settings.httpsPort());
    prepare(made);
    try {
      open(made, "https-port", settings.httpsPort());
    } catch (StartFailure e) {
      plain.close();
      throw e;
    }
  }

  /** The server is to serve the plain port, if it was to be had. */
  void servePlain() {
    if (plain.isOpen()) {
      server.addConnector(plain);
    }
  }

  /** The server is to serve the encrypted port, and the streams on it that are none of ours. */
  void serveEncrypted(SSLContext tls, Optional<ByteChannelAcceptor> streams) {
    ServerConnector connector = encrypted.orElseThrow();
    connector.setConnectionFactories(EncryptedPort.protocols(tls, configuration(), streams));
    server.addConnector(connector);
  }

  /** Negative if there is none. */
  int httpPort() {
    return plain.getLocalPort();
  }

  /** A proxy's if that has it. */
  int httpsPort() {
    return encrypted.map(ServerConnector::getLocalPort).orElse(PROXY_PORT);
  }

  @Override
  public void close() {
    plain.close();
    encrypted.ifPresent(ServerConnector::close);
  }

  private void prepare(ServerConnector connector) {
    if (!settings.bindAddress().isEmpty()) {
      connector.setHost(settings.bindAddress());
    }
    connector.setIdleTimeout(CONNECTION_IDLE_MS);
    connector.setAcceptQueueSize(BACKLOG);
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADERS_BYTES);
    configuration.setNotifyRemoteAsyncErrors(false);
    return configuration;
  }

  private void open(ServerConnector connector, String key, int port) {
    try {
      connector.open();
    } catch (IOException e) {
      throw unopened(e, key, port);
    }
  }

  private StartFailure unopened(IOException e, String key, int port) {
    SocketException cause = cause(e);
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (reason.contains("permission")) {
      return new StartFailure(
          "Port "
              + port
              + " needs a right that this process lacks: run it as root, give it the capability"
              + " CAP_NET_BIND_SERVICE, or choose a port above 1023 with --"
              + key
              + ".",
          e);
    }
    if (reason.contains("in use")) {
      return new StartFailure(
          "TCP port "
              + port
              + " is taken by another program: stop that, or choose another port with --"
              + key
              + ".",
          e);
    }
    return new StartFailure(
        "The address "
            + settings.bindAddress()
            + ":"
            + port
            + " cannot be listened on ("
            + cause.getMessage()
            + "): correct bind-address or "
            + key
            + ".",
        e);
  }

  private static SocketException cause(IOException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SocketException socket && at.getCause() == null) {
        return socket;
      }
    }
    return new BindException(e.getMessage());
  }
}
