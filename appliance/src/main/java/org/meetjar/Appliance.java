package org.meetjar;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.meetjar.address.PublicAddresses;
import org.meetjar.admin.FirstRun;
import org.meetjar.bridge.Bridge;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.config.StartFailure;
import org.meetjar.control.ControlServer;
import org.meetjar.control.Requests;
import org.meetjar.control.StatusRequests;
import org.meetjar.focus.Focus;
import org.meetjar.http.WebServer;
import org.meetjar.loop.Loop;
import org.meetjar.loop.ThreadLoop;
import org.meetjar.loop.Workers;
import org.meetjar.muc.EndConference;
import org.meetjar.muc.Muc;
import org.meetjar.muc.RoomMetadata;
import org.meetjar.relay.Relay;
import org.meetjar.store.Backup;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Store;
import org.meetjar.tls.Certificates;
import org.meetjar.transport.UdpTransports;
import org.meetjar.warmup.WarmUp;
import org.meetjar.xmpp.Hub;
import org.meetjar.xmpp.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole: builds the parts, starts them in order and stops them in reverse. What takes long and
 * does not depend on each other starts at the same time.
 */
public final class Appliance implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Appliance.class);
  private static final int WORKERS = 4;
  private static final int QUEUED_WORK = 256;
  private static final Duration CERTIFICATE_CHECK = Duration.ofMinutes(1);

  /** When whoever started the appliance has looked at its page. */
  private static final Duration WARM_UP_AFTER = Duration.ofSeconds(1);

  /** Warming up yields to so many participants; with more every moment of a core counts. */
  private static final int FEW_PARTICIPANTS = 16;

  private final Settings settings;

  /** How to stop what has been started, the last first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Workers workers = new Workers(WORKERS, QUEUED_WORK);
  private final ThreadLoop loop = new ThreadLoop("signalling");
  private final Heartbeat heartbeat = new Heartbeat(loop);
  private final LiveSettings live;
  private WebServer web;
  private Optional<String> setupSecret = Optional.empty();

  /** Once everything runs. */
  private volatile Optional<RunningState> state = Optional.empty();

  private volatile Optional<Drain> drain = Optional.empty();

  private Appliance(Settings settings) {
    this.settings = settings;
    live = LiveSettings.of(settings);
  }

  /**
   * Starts everything; returns when the pages are served.
   *
   * @throws StartFailure when something is not as it must be; nothing runs then
   */
  public static Appliance start(Settings settings) {
    Appliance appliance = new Appliance(settings);
    try {
      appliance.start();
      return appliance;
    } catch (CompletionException e) {
      appliance.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (RuntimeException e) {
      appliance.close();
      throw e;
    }
  }

  private void start() {
    onStop(workers);
    onStop(loop);
    DataFolder folder = DataFolder.open(settings.data());
    CompletableFuture<WebServer> binding = begin(this::boundWeb);
    CompletableFuture<Store> opening = begin(() -> Store.open(folder));
    CompletableFuture<UdpTransports> transporting = begin(this::boundTransports);
    Optional<CompletableFuture<Certificates>> certifying =
        settings.http().encrypted()
            ? Optional.of(
                begin(() -> new Certificates(settings.tls(), folder.path(), Clock.systemUTC())))
            : Optional.empty();

    Relay relay = new Relay(settings.turn(), settings.host(), Clock.systemUTC());
    Hub hub =
        new Hub(
            loop,
            workers,
            settings.xmpp(),
            live::policy,
            settings.xmppDomain(),
            new StoredAccounts(() -> opening.join().accounts()),
            relay);
    Set<Jid> focusAccount = Set.of(Jid.of("focus@auth." + settings.xmppDomain()));
    Muc muc = new Muc(loop, hub.router(), settings.xmppDomain(), focusAccount, settings.muc());
    hub.disco().addItem(Jid.of(Muc.LABEL + settings.xmppDomain()));
    EndConference end = new EndConference(hub.router(), muc, settings.xmppDomain());
    hub.disco().addService(EndConference.TYPE, end.address());
    RoomMetadata metadata = new RoomMetadata(hub.router(), muc, settings.xmppDomain());
    hub.disco().addService(RoomMetadata.TYPE, metadata.address());

    Store store = opening.join();
    live.apply(store.saved().all());
    openControl(folder, store);
    UdpTransports transports = transporting.join();
    PublicAddresses addresses =
        new PublicAddresses(settings.address(), transports.boundAddresses());
    transports.offer(addresses.offered());
    web = binding.join();
    Optional<Certificates> certificates = certifying.map(CompletableFuture::join);
    Bridge bridge =
        new Bridge(settings.bridge(), transports, web.channelOrigin(), new SecureRandom());
    Focus focus =
        new Focus(
            settings.xmppDomain(),
            settings.focus(),
            live::policy,
            loop,
            hub.router(),
            bridge,
            version());

    Overload overload = new Overload(settings.admission());
    focus.turnAwayWhile(overload::lasts);
    transports.start();
    focus.start();
    onStop(bridge::close);
    if (settings.turn().enabled()) {
      openRelay(relay, hub, muc, transports);
    }
    web.route("colibri-ws", "", bridge.channels());
    web.route("xmpp-websocket", "xmpp", hub.acceptor());
    onStop(hub::shutdown);
    heartbeat.start(() -> overload.sample(bridge.leastLoad(), System.nanoTime()));
    RunningMeetings meetings = new RunningMeetings(loop, workers, hub, muc, focus, bridge);
    ServerFigures figures =
        new ServerFigures(
            new Capacity(settings, meetings, muc, overload, web),
            loop,
            workers,
            hub,
            meetings,
            bridge,
            transports,
            relay,
            certificates);
    new Administration(figures).open(settings, live, store, web, version());
    certificates.ifPresentOrElse(made -> serve(made, addresses), web::start);
    log.info(settings.memory().sentence());
    drain = Optional.of(new Drain(loop, muc, () -> meetings.drain(true), settings.drain()));
    state =
        Optional.of(
            new RunningState(
                settings.tls().mode(),
                web,
                transports,
                relay,
                settings.memory(),
                () -> certificates.map(Certificates::problem).orElse(""),
                version()));
    AddressWatch watch =
        new AddressWatch(
            addresses,
            settings.address().refresh(),
            loop,
            offered -> {
              transports.offer(offered);
              relay.offer(offered);
            });
    loop.execute(watch::start);
    loop.schedule(WARM_UP_AFTER, () -> warmUp(transports, bridge));
    setupSecret =
        FirstRun.offer(store.setup(), settings.admin().setupLifetime(), Clock.systemUTC());
  }

  /** The addresses to open in a browser, the one to prefer first. */
  public List<String> addresses() {
    String plain = address("http", web.httpPort(), 80);
    if (!settings.http().encrypted()) {
      return List.of(plain);
    }
    String encrypted = address("https", web.httpsPort(), 443);
    return settings.http().publicDomain() ? List.of(encrypted) : List.of(plain, encrypted);
  }

  /** Where the owner's account is made, if nobody owns the server yet; a secret. */
  public Optional<String> setupLink() {
    boolean proxied = !settings.http().encrypted() && settings.http().publicDomain();
    String page = proxied ? "https://" + settings.host() + "/" : addresses().get(0);
    return setupSecret.map(secret -> page + "admin/#setup=" + secret);
  }

  /** Whether all loops get their work done. Blocks for ten seconds if not. */
  public boolean lives() {
    List<Loop> loops = new ArrayList<>(List.of(loop));
    state.ifPresent(it -> loops.addAll(it.transports().runningLoops()));
    return Pulse.of(loops);
  }

  /** Waits until the appliance has been closed. */
  public void join() throws InterruptedException {
    closed.await();
  }

  /** Lets meetings end before {@link #close}; see {@link Drain}. */
  public void drain() {
    drain.ifPresent(Drain::run);
  }

  /** Stops everything, the last first. */
  @Override
  public void close() {
    synchronized (started) {
      while (!started.isEmpty()) {
        try {
          started.pop().close();
        } catch (Exception e) {
          log.warn("stopping: {}", e.toString());
        }
      }
    }
    closed.countDown();
  }

  private WebServer boundWeb() {
    WebServer server = new WebServer(settings.http(), live, heartbeat::beats);
    server.bind();
    return server;
  }

  private void serve(Certificates certificates, PublicAddresses addresses) {
    web.answerChallenges(certificates::challengeAnswer);
    web.start(certificates.context(), certificates::trusted);
    certificates.start(web.httpPort() > 0, addresses::offered);
    loop.schedule(CERTIFICATE_CHECK, () -> refresh(certificates));
  }

  private void openRelay(Relay relay, Hub hub, Muc muc, UdpTransports transports) {
    Relay.Machine machine =
        new Relay.Machine(
            transports.boundAddresses(),
            transports.offeredAddresses(),
            transports.port(),
            web.httpsPort());
    try {
      web.streams(relay.open(hub, muc, machine));
      onStop(relay);
    } catch (IOException e) {
      log.warn("there is no relay, calls need UDP: {}", e.toString());
    }
  }

  private static String version() {
    String version = Appliance.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  private UdpTransports boundTransports() {
    try {
      return UdpTransports.open(settings.transport());
    } catch (IOException e) {
      throw new StartFailure(e.getMessage(), e);
    }
  }

  /** Makes the first call as fast as the others; whoever comes meanwhile goes before. */
  private void warmUp(UdpTransports transports, Bridge bridge) {
    BooleanSupplier fewAreHere =
        () -> bridge.endpointCount() <= FEW_PARTICIPANTS && closed.getCount() > 0;
    BooleanSupplier nobodyIsHere = () -> bridge.endpointCount() == 0 && closed.getCount() > 0;
    Thread warming =
        new Thread(
            () -> WarmUp.run(transports, settings.bridge(), fewAreHere, nobodyIsHere), "warm-up");
    warming.setDaemon(true);
    warming.start();
  }

  private void openControl(DataFolder folder, Store store) {
    StatusRequests requests =
        new StatusRequests(
            () -> state.map(RunningState::status).orElse(Map.of()),
            () -> state.map(RunningState::relayLogin).orElse(Map.of()),
            new Requests(store.accounts(), () -> Backup.make(store, folder)));
    try {
      onStop(ControlServer.open(folder.controlSocket(), requests));
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("accounts cannot be changed while this runs: {}", e.toString());
    }
  }

  private void refresh(Certificates certificates) {
    workers.execute(certificates::refresh);
    loop.schedule(CERTIFICATE_CHECK, () -> refresh(certificates));
  }

  private String address(String scheme, int port, int usual) {
    return scheme + "://" + settings.host() + (port == usual ? "" : ":" + port) + "/";
  }

  /** Builds a part on a worker; whatever else happens, it will be stopped in its turn. */
  private <T extends AutoCloseable> CompletableFuture<T> begin(Supplier<T> builder) {
    CompletableFuture<T> part = CompletableFuture.supplyAsync(builder, workers);
    onStop(
        () -> {
          T built = part.exceptionally(failure -> null).join();
          if (built != null) {
            built.close();
          }
        });
    return part;
  }

  private void onStop(AutoCloseable stop) {
    synchronized (started) {
      started.push(stop);
    }
  }
}
