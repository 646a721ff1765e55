package org.meetjar.xmpp;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.channel.TextChannelRequest;
import org.meetjar.config.Policy;
import org.meetjar.config.XmppSettings;
import org.meetjar.guard.GuessThrottle;
import org.meetjar.loop.Loop;
import org.meetjar.xmpp.sasl.ScramHash;
import org.meetjar.xmpp.sasl.ScramVerifier;
import org.meetjar.xmpp.sasl.UnknownAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signalling hub: clients connect to it, sign in, and send each other and the appliance's
 * components stanzas. Everything but {@link #acceptor} and {@link #shutdown} belongs to the
 * signalling loop.
 */
public final class Hub {
  private static final Logger log = LoggerFactory.getLogger(Hub.class);

  /**
   * Logins that workers look after at one time, so that a rush of them leaves workers for others.
   */
  private static final int LOGINS_AT_WORK = 64;

  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int TRY_AGAIN_LATER = 1013;

  private final Loop loop;
  private final Executor workers;
  private final XmppSettings settings;
  private final Accounts accounts;
  private final VirtualHosts hosts;
  private final Sessions sessions;
  private final HubRouter router;
  private final ServerDisco disco = new ServerDisco();
  private final GuessThrottle throttle;
  private final Strangers strangers;
  private final Set<XmppStream> streams = new LinkedHashSet<>();
  private final SecureRandom random = new SecureRandom();
  private final UnknownAccounts unknownAccounts = new UnknownAccounts(random);
  private final List<Consumer<Jid>> endListeners = new ArrayList<>();
  private int loginsAtWork;
  private volatile boolean stopping;

  /** A hub whose policy stays as the settings have it. */
  public Hub(
      Loop loop,
      Executor workers,
      XmppSettings settings,
      String domain,
      Accounts accounts,
      ExternalServices external) {
    this(loop, workers, settings, settings::policy, domain, accounts, external);
  }

  /**
   * @param workers runs what blocks or takes long; may refuse with {@link
   *     RejectedExecutionException}
   * @param policy who may sign in how, asked anew for every client
   * @param domain where clients sign in; guests on {@code guest.domain} when the policy has it so
   */
  public Hub(
      Loop loop,
      Executor workers,
      XmppSettings settings,
      Supplier<Policy> policy,
      String domain,
      Accounts accounts,
      ExternalServices external) {
    this.loop = loop;
    this.workers = workers;
    this.settings = settings;
    this.accounts = accounts;
    hosts = new VirtualHosts(domain, policy);
    sessions = new Sessions(settings.limits());
    router = new HubRouter(loop, sessions);
    throttle = new GuessThrottle(loop::nanoTime);
    strangers = new Strangers(settings.limits());
    ServerComponent server = new ServerComponent(router, disco, external);
    for (Jid host : hosts.domains()) {
      router.register(host, server);
    }
    loop.schedule(CHECK_EVERY, this::check);
  }

  /** Where the appliance's components register. */
  public Router router() {
    return router;
  }

  /** Where services make themselves known. */
  public ServerDisco disco() {
    return disco;
  }

  /** Whether the client with this full JID has signed in with an account. */
  public boolean hasAccount(Jid client) {
    Session session = sessions.get(client);
    return session != null && !session.anonymous();
  }

  /** The network address of the client with this full JID, as it was last seen. */
  public Optional<String> addressOf(Jid client) {
    return Optional.ofNullable(sessions.get(client)).map(Session::address);
  }

  /** Whoever is added hears of each session's end, once it is over. */
  public void addEndListener(Consumer<Jid> listener) {
    endListeners.add(listener);
  }

  public HubStatus status() {
    return new HubStatus(
        sessions.size(),
        sessions.hibernating(),
        strangers.count(),
        sessions.unacknowledged().usedBytes());
  }

  /** Takes the channels of the route {@code /xmpp-websocket}. May be used from any thread. */
  public TextChannelAcceptor acceptor() {
    return new TextChannelAcceptor() {
      @Override
      public int admit(String path, TextChannelRequest request) {
        if (stopping) {
          return SERVICE_UNAVAILABLE;
        }
        return strangers.hasRoomFor(request.remoteAddress())
            ? SWITCHING_PROTOCOLS
            : TOO_MANY_REQUESTS;
      }

      @Override
      public TextChannelListener open(String path, TextChannel channel) {
        return accept(channel);
      }
    };
  }

  private TextChannelListener accept(TextChannel channel) {
    if (stopping || !strangers.enter(channel.remoteAddress())) {
      channel.close(TRY_AGAIN_LATER, "too many connections");
      return new DeafListener();
    }
    WebSocketCarrier carrier = new WebSocketCarrier(this, channel);
    loop.execute(
        () -> {
          if (stopping) {
            carrier.stream().endWith(StreamError.SYSTEM_SHUTDOWN, "");
          } else if (!carrier.stream().closed()) {
            streams.add(carrier.stream());
          }
        });
    return carrier;
  }

  /**
   * Tells every client that the server stops, and closes their connections. Returns when all have
   * been told, or after two seconds. Not to be called on the loop.
   */
  public void shutdown() {
    stopping = true;
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(
        () -> {
          for (XmppStream stream : new ArrayList<>(streams)) {
            stream.endWith(StreamError.SYSTEM_SHUTDOWN, "");
          }
          done.countDown();
        });
    try {
      if (!done.await(2, TimeUnit.SECONDS)) {
        log.warn("not all clients could be told that the server stops");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() {
    sessions.all().forEach(Session::check);
    router.deliver();
    if (!stopping) {
      loop.schedule(CHECK_EVERY, this::check);
    }
  }

  // For streams and sessions.

  Loop loop() {
    return loop;
  }

  /**
   * Runs the question on a worker and what it answers with on the loop.
   *
   * @param question must not throw
   * @throws RejectedExecutionException when the workers have too much to do
   */
  void askWorker(Supplier<Runnable> question) {
    if (loginsAtWork >= LOGINS_AT_WORK) {
      throw new RejectedExecutionException("too many logins");
    }
    workers.execute(
        () -> {
          Runnable answer = question.get();
          loop.execute(
              () -> {
                loginsAtWork--;
                answer.run();
              });
        });
    loginsAtWork++;
  }

  XmppSettings settings() {
    return settings;
  }

  Accounts accounts() {
    return accounts;
  }

  VirtualHosts hosts() {
    return hosts;
  }

  Sessions sessions() {
    return sessions;
  }

  HubRouter deliveries() {
    return router;
  }

  GuessThrottle throttle() {
    return throttle;
  }

  Strangers strangers() {
    return strangers;
  }

  /** Something to check a password of an unknown account against, as if there were one. */
  ScramVerifier unknownAccount(ScramHash hash, String username) {
    return unknownAccounts.verifier(hash, username);
  }

  /** 144 random bits, fit for a URL. */
  String newToken() {
    return random(18);
  }

  /** An identifier that needs not be hard to guess. */
  String newId() {
    return random(9);
  }

  private String random(int bytes) {
    byte[] token = new byte[bytes];
    random.nextBytes(token);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  void ended(Session session) {
    endListeners.forEach(listener -> listener.accept(session.jid()));
  }

  void forget(XmppStream stream) {
    streams.remove(stream);
  }

  void logJoin(Session session) {
    log.debug("{} signed in", session.jid());
  }

  void logStreamError(XmppStream stream, Session session, StreamError error) {
    if (session != null) {
      log.info("failure session={} reason={}", session.logName(), error.condition());
    } else {
      log.debug("stream before login ended, {}", error.condition());
    }
  }

  /** For a channel that is closing already. */
  private static final class DeafListener implements TextChannelListener {
    @Override
    public void onText(String message) {}

    @Override
    public void onClosed(int code, String reason) {}
  }
}
