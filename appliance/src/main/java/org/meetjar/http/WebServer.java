package org.meetjar.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.meetjar.channel.ByteChannelAcceptor;
import org.meetjar.channel.QueueBudget;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.config.HttpSettings;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server with its two ports. Used by one thread: {@link #bind}, then {@link #route} for
 * each WebSocket, {@link #start}, and in the end {@link #close}.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final int THREADS = 16;

  private static final int IDLE_THREADS = 2;
  private static final int THREAD_IDLE_MS = 30_000;

  /** Buffers kept for the next use; those in use are bounded by connections and queues. */
  private static final long POOLED_BYTES = 4 << 20;

  private static final int MAX_POOLED_BUFFER = 64 << 10;
  private static final int STOP_TIMEOUT_MS = 3_000;

  private final HttpSettings settings;
  private final LiveSettings live;
  private final BooleanSupplier healthy;
  private final QueueBudget queues;
  private Supplier<String> obstacle = () -> "";
  private final String pages;
  private final List<ChannelRoute> routes = new ArrayList<>();
  private final Map<String, ApiRoute> apis = new LinkedHashMap<>();
  private Optional<ByteChannelAcceptor> streams = Optional.empty();
  private final Server server;
  private final WebPorts ports;
  private Function<String, Optional<String>> challengeAnswers = token -> Optional.empty();

  /** A server whose name and policy stay as the settings have them. */
  public WebServer(HttpSettings settings, BooleanSupplier healthy) {
    this(settings, new LiveSettings(settings.serverName(), settings.policy(), Set.of()), healthy);
  }

  /**
   * @param live what the pages are told of the server
   * @param healthy asked for {@code /health}, on the server's threads; must not block
   */
  public WebServer(HttpSettings settings, LiveSettings live, BooleanSupplier healthy) {
    this(settings, live, healthy, "web/");
  }

  WebServer(HttpSettings settings, LiveSettings live, BooleanSupplier healthy, String pages) {
    this.settings = settings;
    this.live = live;
    this.pages = pages;
    this.healthy = healthy;
    queues = new QueueBudget(settings.sendQueuesBytes());
    // its tasks are bounded by the connections; one of Jetty's own queues would load Java's whole
    // management extension at the start
    QueuedThreadPool threads =
        new QueuedThreadPool(THREADS, IDLE_THREADS, THREAD_IDLE_MS, new LinkedBlockingQueue<>());
    threads.setName("http");
    server =
        new Server(
            threads,
            new ScheduledExecutorScheduler("http-timer", true),
            new ArrayByteBufferPool(
                -1, -1, MAX_POOLED_BUFFER, Integer.MAX_VALUE, POOLED_BYTES, POOLED_BYTES));
    server.setStopTimeout(STOP_TIMEOUT_MS);
    server.setStopAtShutdown(false);
    server.setErrorHandler(new PlainErrors());
    ports = new WebPorts(server, settings);
  }

  /**
   * Takes the ports; connections wait until {@link #start}.
   *
   * @throws StartFailure when a port is not to be had
   */
  public void bind() {
    ports.bind();
  }

  /**
   * Opens WebSockets below a path to the acceptor, {@code /prefix} and {@code /prefix/…}, and the
   * same below the folder of a tenant.
   *
   * @param prefix the first segment of the path
   * @param subprotocol what a client must offer and is told, or the empty string for none
   */
  public void route(String prefix, String subprotocol, TextChannelAcceptor acceptor) {
    routes.add(new ChannelRoute(prefix, subprotocol, acceptor));
  }

  /**
   * Has requests answered.
   *
   * @param place the beginning of their paths, with a slash at its end, or one whole path
   */
  public void api(String place, ApiRoute route) {
    apis.put(place, route);
  }

  /**
   * Asked for {@code /health/ready}: a word on what is in the way of new meetings, or the empty
   * string; must not block.
   */
  public void ready(Supplier<String> inTheWay) {
    obstacle = inTheWay;
  }

  /** What waits for clients in all channels, in bytes. From any thread. */
  public long queuedBytes() {
    return queues.usedBytes();
  }

  /** Hands over the streams on the encrypted port that begin as STUN, inside TLS and outside. */
  public void streams(ByteChannelAcceptor acceptor) {
    streams = Optional.of(acceptor);
  }

  /**
   * Answers authorities that want proof that the domain is ours.
   *
   * @param answers by token, RFC 8555 section 8.3; asked on the server's threads, must not block
   */
  public void answerChallenges(Function<String, Optional<String>> answers) {
    challengeAnswers = answers;
  }

  /** Serves the plain page alone, for a proxy that has the encrypted one. */
  public void start() {
    serve(() -> false);
  }

  /**
   * Serves.
   *
   * @param tls for the encrypted port
   * @param trusted whether browsers trust the present certificate, asked for each page
   */
  public void start(SSLContext tls, BooleanSupplier trusted) {
    ports.serveEncrypted(tls, streams);
    serve(trusted);
  }

  private void serve(BooleanSupplier trusted) {
    ports.servePlain();
    server.addBean(new NetworkConnectionLimit(settings.maxConnections(), server));
    Sites sites = new Sites(settings, httpPort(), httpsPort());
    List<Handler> handlers = new ArrayList<>();
    handlers.add(new AcmeHandler(challengeAnswers));
    if (settings.publicDomain() && settings.encrypted()) {
      handlers.add(new ToHttps(sites));
    }
    handlers.add(new ChannelHandler(server, settings, queues, sites, routes));
    handlers.add(new ConfigHandler(settings, live, sites));
    handlers.add(new HealthHandler(healthy, obstacle));
    handlers.add(new ApiHandler(sites, apis));
    handlers.add(new PageHandler(new Assets(pages)));
    server.setHandler(new SecurityHeaders(new Handler.Sequence(handlers), sites, trusted));
    try {
      server.start();
    } catch (Exception e) {
      throw new StartFailure("The web server cannot start: " + e.getMessage(), e);
    }
  }

  /** The port of the plain page, known from {@link #bind} on; negative if there is none. */
  public int httpPort() {
    return ports.httpPort();
  }

  /** The port of the encrypted page, a proxy's if that has it; known from {@link #bind} on. */
  public int httpsPort() {
    return ports.httpsPort();
  }

  /**
   * Scheme, host and port of WebSockets, as told to clients in advance; known from {@link #bind}
   * on.
   */
  public String channelOrigin() {
    return Sites.channelOrigin(settings, httpPort(), httpsPort());
  }

  /** Takes no more connections, ends those that are, and waits up to three seconds for that. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("stopping: {}", e.toString());
    }
    ports.close();
  }
}
