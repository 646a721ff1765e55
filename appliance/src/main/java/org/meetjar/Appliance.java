package org.meetjar;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.meetjar.config.Settings;
import org.meetjar.config.StartFailure;
import org.meetjar.control.AccountRequests;
import org.meetjar.control.ControlServer;
import org.meetjar.http.WebServer;
import org.meetjar.loop.ThreadLoop;
import org.meetjar.loop.Workers;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Store;
import org.meetjar.tls.Certificates;
import org.meetjar.xmpp.ExternalServices;
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
  private static final Duration CERTIFICATE_CHECK = Duration.ofMinutes(1);

  private final Settings settings;

  /** How to stop what has been started, the last first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Workers workers = new Workers(WORKERS, QUEUED_WORK);
  private final ThreadLoop loop = new ThreadLoop("signalling");
  private final Heartbeat heartbeat = new Heartbeat(loop);
  private WebServer web;

  private Appliance(Settings settings) {
    this.settings = settings;
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
    CompletableFuture<Store> opening = begin(() -> Store.open(folder));
    CompletableFuture<WebServer> binding = begin(this::boundWeb);
    CompletableFuture<Certificates> certifying =
        CompletableFuture.supplyAsync(
            () -> new Certificates(settings.tls(), folder.path(), Clock.systemUTC()), workers);
    StoredAccounts accounts = new StoredAccounts(() -> opening.join().accounts());
    Hub hub =
        new Hub(loop, workers, settings.xmpp(), settings.domain(), accounts, ExternalServices.NONE);

    openControl(folder, opening.join());
    web = binding.join();
    web.route("xmpp-websocket", "xmpp", hub.acceptor());
    onStop(hub::shutdown);
    Certificates certificates = certifying.join();
    heartbeat.start();
    web.start(certificates.context(), certificates::trusted);
    loop.schedule(CERTIFICATE_CHECK, () -> refresh(certificates));
  }

  /** The addresses to open in a browser, the one to prefer first. */
  public List<String> addresses() {
    String plain = address("http", web.httpPort(), 80);
    String encrypted = address("https", web.httpsPort(), 443);
    return settings.http().publicDomain() ? List.of(encrypted) : List.of(plain, encrypted);
  }

  /** Waits until the appliance has been closed. */
  public void join() throws InterruptedException {
    closed.await();
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
    WebServer server = new WebServer(settings.http(), heartbeat::beats);
    server.bind();
    return server;
  }

  private void openControl(DataFolder folder, Store store) {
    try {
      onStop(ControlServer.open(folder.controlSocket(), new AccountRequests(store.accounts())));
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("accounts cannot be changed while this runs: {}", e.toString());
    }
  }

  private void refresh(Certificates certificates) {
    workers.execute(certificates::refresh);
    loop.schedule(CERTIFICATE_CHECK, () -> refresh(certificates));
  }

  private String address(String scheme, int port, int usual) {
    return scheme + "://" + settings.domain() + (port == usual ? "" : ":" + port) + "/";
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
