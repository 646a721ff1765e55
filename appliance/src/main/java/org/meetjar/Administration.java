package org.meetjar;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.meetjar.admin.AdminApi;
import org.meetjar.admin.AdminParts;
import org.meetjar.admin.LoadHistory;
import org.meetjar.admin.ServerInfo;
import org.meetjar.admin.ShownCertificate;
import org.meetjar.admin.Traffic;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.http.WebServer;
import org.meetjar.store.Store;
import org.meetjar.tls.CertificateState;
import org.meetjar.tls.Certificates;
import org.meetjar.transport.LoopCounters;

/** Gives the admin interface its views of the parts, and the web server its routes. */
final class Administration {
  private final ServerFigures figures;
  private final LoadHistory load;

  Administration(ServerFigures figures) {
    this.figures = figures;
    load = new LoadHistory(new Counted(figures), Clock.systemUTC());
  }

  void open(Settings settings, LiveSettings live, Store store, WebServer web, String version) {
    ServerInfo server =
        new ServerInfo(
            settings.domain(), version, Clock.systemUTC().instant(), settings.muc().participants());
    // made when somebody asks: the start needs none of it
    Supplier<AdminApi> api =
        once(
            () ->
                new AdminApi(
                    new AdminParts(
                        settings.admin(),
                        live,
                        store,
                        figures.meetings(),
                        load,
                        this::certificate,
                        server,
                        figures.workers(),
                        Clock.systemUTC()),
                    figures));
    web.api(AdminApi.PLACE, request -> api.get().answer(request));
    web.api("/metrics", request -> api.get().metrics().answer(request));
    web.ready(figures.capacity()::obstacle);
    sampleLater();
  }

  private static <T> Supplier<T> once(Supplier<T> maker) {
    AtomicReference<T> made = new AtomicReference<>();
    return () -> {
      synchronized (made) {
        if (made.get() == null) {
          made.set(maker.get());
        }
        return made.get();
      }
    };
  }

  private void sampleLater() {
    figures
        .loop()
        .schedule(
            LoadHistory.EVERY,
            () -> {
              try {
                figures.workers().execute(load::sample);
              } catch (RejectedExecutionException busy) {
                // a gap in a chart
              }
              sampleLater();
            });
  }

  private Optional<ShownCertificate> certificate() {
    return figures.certificates().map(Administration::shown);
  }

  private static ShownCertificate shown(Certificates certificates) {
    CertificateState state = certificates.state();
    return new ShownCertificate(
        state.names(),
        state.selfSigned() ? "" : state.issuer(),
        state.notAfter(),
        certificates.trusted(),
        certificates.problem());
  }

  /** All that goes through the media port and the relay. */
  private record Counted(ServerFigures figures) implements Traffic {
    @Override
    public long bytesIn() {
      return figures.transports().counters().stream().mapToLong(LoopCounters::bytesIn).sum()
          + relayed();
    }

    @Override
    public long bytesOut() {
      return figures.transports().counters().stream().mapToLong(LoopCounters::bytesOut).sum()
          + relayed();
    }

    /** What the relay takes in it gives out. */
    private long relayed() {
      return figures
          .relay()
          .metrics()
          .map(turn -> turn.bytesToPeers() + turn.bytesToClients())
          .orElse(0L);
    }

    @Override
    public int meetings() {
      return figures.meetings().meetings();
    }

    @Override
    public int people() {
      return figures.meetings().people();
    }
  }
}
