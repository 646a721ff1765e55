package org.meetjar.smack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.c2s.ModularXmppClientToServerConnection;
import org.jivesoftware.smack.c2s.ModularXmppClientToServerConnectionConfiguration;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.websocket.XmppWebSocketTransportModuleDescriptor;
import org.jivesoftware.smack.websocket.impl.AbstractWebSocket;
import org.jivesoftware.smack.websocket.java11.Java11WebSocketFactory;
import org.meetjar.config.Settings;
import org.meetjar.config.SettingsReader;
import org.meetjar.http.WebServer;
import org.meetjar.loop.ThreadLoop;
import org.meetjar.loop.Workers;
import org.meetjar.xmpp.Accounts;
import org.meetjar.xmpp.ExternalServices;
import org.meetjar.xmpp.Hub;
import org.meetjar.xmpp.sasl.ScramVerifier;

/**
 * The hub behind a real web server on a port of the system's choice, for domain {@code localhost},
 * and Smack's clients for it. There is an account {@code alice} with the password {@code secret}.
 */
public final class SmackServer implements AutoCloseable {
  public static final String DOMAIN = "localhost";

  private static final Accounts ALICE =
      (username, hash) ->
          username.equals("alice")
              ? Optional.of(ScramVerifier.of(hash, "secret", "salt-of-alice".getBytes(UTF_8), 4096))
              : Optional.empty();

  /** Smack warns when the server has closed the connection before it does; it may. */
  private static final Logger SMACKS_SOCKETS = Logger.getLogger(AbstractWebSocket.class.getName());

  static {
    SMACKS_SOCKETS.setLevel(Level.SEVERE);
    // on a busy machine an answer may take longer than the five seconds that Smack waits
    SmackConfiguration.setDefaultReplyTimeout(60_000);
  }

  private final ThreadLoop loop = new ThreadLoop("signalling");
  private final Workers workers = new Workers(2, 64);
  private final Settings settings;
  private final Hub hub;
  private final WebServer web;
  private final Deque<ModularXmppClientToServerConnection> connections = new ArrayDeque<>();

  public SmackServer() {
    settings =
        new SettingsReader()
            .commandLine(
                Map.of(
                    "domain", List.of(DOMAIN),
                    "bind-address", List.of("127.0.0.1"),
                    "http-port", List.of("0"),
                    "https-port", List.of("0")))
            .read();
    hub = new Hub(loop, workers, settings.xmpp(), DOMAIN, ALICE, ExternalServices.NONE);
    web = new WebServer(settings.http(), () -> true);
    web.bind();
    web.route("xmpp-websocket", "xmpp", hub.acceptor());
    try {
      web.start(SSLContext.getDefault(), () -> false);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public Hub hub() {
    return hub;
  }

  public ThreadLoop loop() {
    return loop;
  }

  public Settings settings() {
    return settings;
  }

  /** Where its WebSocket is. */
  public String address() {
    return "ws://127.0.0.1:" + web.httpPort() + "/xmpp-websocket";
  }

  /** Runs on the signalling loop, and waits for the answer. */
  public <T> T onLoop(Supplier<T> task) throws Exception {
    return CompletableFuture.supplyAsync(task, loop).get(30, TimeUnit.SECONDS);
  }

  /** A Smack client that has signed in without an account. */
  public ModularXmppClientToServerConnection guest() throws Exception {
    var builder = configuration();
    builder.performSaslAnonymousAuthentication();
    return signedIn(builder);
  }

  /** A Smack client that has signed in as {@code alice}. */
  public ModularXmppClientToServerConnection alice(String mechanism, String password)
      throws Exception {
    var builder = configuration();
    builder.setUsernameAndPassword("alice", password);
    builder.addEnabledSaslMechanism(mechanism);
    return signedIn(builder);
  }

  private ModularXmppClientToServerConnectionConfiguration.Builder configuration()
      throws Exception {
    var builder = ModularXmppClientToServerConnectionConfiguration.builder();
    builder.removeAllModules();
    builder.setXmppDomain(DOMAIN);
    // Over plain ws, as on localhost in a browser.
    builder.setSecurityMode(SecurityMode.disabled);
    builder
        .with(XmppWebSocketTransportModuleDescriptor.Builder.class)
        .explicitlySetWebSocketEndpointAndDiscovery(URI.create(address()), false)
        .setWebSocketFactory(new Java11WebSocketFactory())
        .buildModule();
    return builder;
  }

  private ModularXmppClientToServerConnection signedIn(
      ModularXmppClientToServerConnectionConfiguration.Builder builder) throws Exception {
    var connection = new ModularXmppClientToServerConnection(builder.build());
    connections.push(connection);
    // It has none, and would warn of every occupant whom it doesn't know.
    Roster.getInstanceFor(connection).setRosterLoadedAtLogin(false);
    connection.connect();
    connection.login();
    return connection;
  }

  @Override
  public void close() {
    connections.forEach(ModularXmppClientToServerConnection::disconnect);
    hub.shutdown();
    web.close();
    loop.close();
    workers.close();
  }
}
