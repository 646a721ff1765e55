package org.meetjar;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.meetjar.admin.AdminApi;
import org.meetjar.admin.AdminParts;
import org.meetjar.admin.CertificateState;
import org.meetjar.admin.LoadHistory;
import org.meetjar.admin.ServerInfo;
import org.meetjar.admin.Traffic;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.http.WebServer;
import org.meetjar.store.Store;
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

  private Optional<CertificateState> certificate() {
    return figures.certificates().map(Administration::state);
  }

  private static CertificateState state(Certificates certificates) {
    X509Certificate certificate = certificates.certificate();
    return new CertificateState(
        names(certificate),
        issuer(certificate),
        certificate.getNotAfter().toInstant(),
        certificates.trusted(),
        certificates.problem());
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        // IPv6 addresses as people write them, RFC 5952
        names.add(String.valueOf(name.get(1)).replaceFirst("(^|:)0(:0)+(:|$)", "::"));
      }
    } catch (CertificateParsingException e) {
      names.add(certificate.getSubjectX500Principal().getName());
    }
    return names;
  }

  /** What people call an issuer: its organisation and name; empty for a certificate of our own. */
  private static String issuer(X509Certificate certificate) {
    if (certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
      return "";
    }
    List<String> words = new ArrayList<>();
    try {
      LdapName name = new LdapName(certificate.getIssuerX500Principal().getName());
      for (Rdn part : name.getRdns()) {
        if (part.getType().equalsIgnoreCase("O") || part.getType().equalsIgnoreCase("CN")) {
          words.add(String.valueOf(part.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      words.add(certificate.getIssuerX500Principal().getName());
    }
    return String.join(" ", words);
  }

  /** All that goes through the media port and the relay. */
  private record Counted(ServerFigures figures) implements Traffic {
    @Override
    public long bytesIn() {
      return figures.transports().counters().stream().mapToLong(LoopCounters::bytesIn).sum()
          + figures
              .relay()
              .metrics()
              .map(turn -> turn.bytesToPeers() + turn.bytesToClients())
              .orElse(0L);
    }

    @Override
    public long bytesOut() {
      return figures.transports().counters().stream().mapToLong(LoopCounters::bytesOut).sum()
          + figures
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
