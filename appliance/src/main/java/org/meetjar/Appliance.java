package org.meetjar;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.meetjar.address.PublicAddresses;
import org.meetjar.admin.FirstRun;
import org.meetjar.bridge.Bridge;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.config.StartFailure;
import org.meetjar.focus.Focus;
import org.meetjar.http.WebServer;
import org.meetjar.loop.Loop;
import org.meetjar.loop.ThreadLoop;
import org.meetjar.loop.Workers;
import org.meetjar.muc.Muc;
import org.meetjar.relay.Relay;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Store;
import org.meetjar.tls.Certificates;
import org.meetjar.transport.UdpTransports;
import org.meetjar.xmpp.Hub;
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

  private final Settings settings;
  private final StopOrder stops = new StopOrder();
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
    stops.add(workers);
    stops.add(loop);
    DataFolder folder = DataFolder.open(settings.data());
    CompletableFuture<WebServer> binding = stops.begin(this::boundWeb, workers);
    CompletableFuture<Store> opening = stops.begin(() -> Store.open(folder), workers);
    CompletableFuture<UdpTransports> transporting = stops.begin(this::boundTransports, workers);
    Optional<CompletableFuture<Certificates>> certifying =
        settings.http().encrypted()
            ? Optional.of(
                stops.begin(
                    () -> new Certificates(settings.tls(), folder.path(), Clock.systemUTC()),
                    workers))
            : Optional.empty();

    Relay relay = new Relay(settings.turn(), settings.host(), Clock.systemUTC());
    Signalling signalling = Signalling.build(settings, live, loop, workers, opening::join, relay);
    Hub hub = signalling.hub();
    Muc muc = signalling.muc();

    Store store = opening.join();
    live.apply(store.saved().all());
    ControlSocket.open(folder, store, () -> state).ifPresent(stops::add);
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
            Version.ours());

    Overload overload = new Overload(settings.admission());
    focus.turnAwayWhile(overload::lasts);
    transports.start();
    focus.start();
    stops.add(bridge::close);
    if (settings.turn().enabled()) {
      openRelay(relay, hub, muc, transports);
    }
    web.route("colibri-ws", "", bridge.channels());
    web.route("xmpp-websocket", "xmpp", hub.acceptor());
    stops.add(hub::shutdown);
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
    new Administration(figures).open(settings, live, store, web, Version.ours());
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
                Version.ours()));
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
    new WarmStart(transports, bridge, settings.bridge(), () -> closed.getCount() > 0).soon(loop);
    setupSecret =
        FirstRun.offer(store.setup(), settings.admin().setupLifetime(), Clock.systemUTC());
  }

  /** The addresses to open in a browser, the one to prefer first. */
  public List<String> addresses() {
    return new PageAddresses(settings, web).all();
  }

  /** Where the owner's account is made, if nobody owns the server yet; a secret. */
  public Optional<String> setupLink() {
    return setupSecret.map(new PageAddresses(settings, web)::setup);
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
    stops.close();
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
    new CertificateWatch(certificates, loop, workers).start();
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
      stops.add(relay);
    } catch (IOException e) {
      log.warn("there is no relay, calls need UDP: {}", e.toString());
    }
  }

  private UdpTransports boundTransports() {
    try {
      return UdpTransports.open(settings.transport());
    } catch (IOException e) {
      throw new StartFailure(e.getMessage(), e);
    }
  }
}
