package org.meetjar.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.c2s.ModularXmppClientToServerConnection;
import org.jivesoftware.smack.c2s.ModularXmppClientToServerConnectionConfiguration;
import org.jivesoftware.smack.websocket.XmppWebSocketTransportModuleDescriptor;
import org.meetjar.config.Settings;
import org.meetjar.http.WebServer;
import org.meetjar.loop.ThreadLoop;
import org.meetjar.loop.Workers;
import org.meetjar.xmpp.sasl.ScramVerifier;

/**
 * The hub behind the real web server, for clients that come over real sockets. The domain is {@code
 * localhost}; there is an account {@code alice} with the password {@code secret}.
 */
public final class SmackServer implements AutoCloseable {
  private static final Accounts ALICE =
      (username, hash) ->
          username.equals("alice")
              ? Optional.of(ScramVerifier.of(hash, "secret", "salt-of-alice".getBytes(UTF_8), 4096))
              : Optional.empty();

  static {
    // on a busy machine an answer may take longer than the five seconds that Smack waits
    SmackConfiguration.setDefaultReplyTimeout(60_000);
  }

  private final ThreadLoop loop = new ThreadLoop("signalling");
  private final Workers workers = new Workers(2, 16);
  private final Settings settings;
  private final Hub hub;
  private final WebServer web;

  public SmackServer() throws Exception {
    settings =
        Settings.from(
            ConfigFactory.parseString(
                    "domain = localhost, bind-address = \"127.0.0.1\", http-port = 0,"
                        + " https-port = 0")
                .withFallback(Settings.defaults()));
    hub = new Hub(loop, workers, settings.xmpp(), "localhost", ALICE, ExternalServices.NONE);
    web = new WebServer(settings.http(), () -> true);
    web.bind();
    web.route("xmpp-websocket", "xmpp", hub.acceptor());
    web.start(SSLContext.getDefault(), () -> false);
  }

  public Settings settings() {
    return settings;
  }

  public Hub hub() {
    return hub;
  }

  public ThreadLoop loop() {
    return loop;
  }

  public String address() {
    return "ws://127.0.0.1:" + web.httpPort() + "/xmpp-websocket";
  }

  /** Runs on the signalling loop and waits for the answer. */
  public <T> T onLoop(Supplier<T> task) throws Exception {
    return CompletableFuture.supplyAsync(task, loop).get(30, TimeUnit.SECONDS);
  }

  /** A Smack client that has signed in without an account. */
  public ModularXmppClientToServerConnection guest() throws Exception {
    ModularXmppClientToServerConnectionConfiguration.Builder builder = configuration();
    builder.performSaslAnonymousAuthentication();
    return signedIn(builder);
  }

  /** A Smack client that has signed in as {@code alice}. */
  public ModularXmppClientToServerConnection alice(String mechanism, String password)
      throws Exception {
    ModularXmppClientToServerConnectionConfiguration.Builder builder = configuration();
    builder.setUsernameAndPassword("alice", password);
    builder.addEnabledSaslMechanism(mechanism);
    return signedIn(builder);
  }

  private ModularXmppClientToServerConnectionConfiguration.Builder configuration()
      throws Exception {
    ModularXmppClientToServerConnectionConfiguration.Builder builder =
        ModularXmppClientToServerConnectionConfiguration.builder();
    builder.removeAllModules();
    builder.setXmppDomain("localhost");
    builder.setSecurityMode(ConnectionConfiguration.SecurityMode.disabled);
    builder.addModule(
        XmppWebSocketTransportModuleDescriptor.getBuilder(builder)
            .explicitlySetWebSocketEndpointAndDiscovery(address(), false)
            .build());
    return builder;
  }

  private static ModularXmppClientToServerConnection signedIn(
      ModularXmppClientToServerConnectionConfiguration.Builder builder) throws Exception {
    ModularXmppClientToServerConnection connection =
        new ModularXmppClientToServerConnection(builder.build());
    connection.connect();
    connection.login();
    return connection;
  }

  @Override
  public void close() {
    hub.shutdown();
    web.close();
    workers.close();
    loop.close();
  }
}
