package org.meetjar.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.meetjar.config.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a certificate from an authority current: has one made, replaces it in time, and waits after
 * failures, longer each time and over restarts. All of it blocks and runs in a thread of its own;
 * only {@link #stored} is called before that begins.
 */
final class AcmeKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AcmeKeeper.class);

  /** The clock may be set, and the machine may sleep: the time is looked at that often. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private static final Duration ASK_AGAIN = Duration.ofHours(6);

  private final List<String> names;
  private final AcmeFolder folder;
  private final AcmeClient client;
  private final Clock clock;
  private final RandomGenerator random;
  private final Consumer<Credentials> install;
  private final Thread thread;
  private Optional<Credentials> present = Optional.empty();
  private boolean told;
  private volatile String problem = "";

  /**
   * @param install takes every new certificate, on this keeper's thread
   */
  AcmeKeeper(
      TlsSettings settings,
      AcmeFolder folder,
      Challenges challenges,
      Clock clock,
      RandomGenerator random,
      Consumer<Credentials> install) {
    this.names = settings.names();
    this.folder = folder;
    this.clock = clock;
    this.random = random;
    this.install = install;
    client = new AcmeClient(settings.acme(), names, folder, challenges, clock);
    thread = new Thread(this::run, "acme");
    thread.setDaemon(true);
  }

  /** The certificate of an earlier run, if it serves. */
  Optional<Credentials> stored() {
    present =
        folder
            .certificate()
            .filter(found -> Names.of(found.certificate()).containsAll(names))
            .filter(found -> clock.instant().isBefore(expiry(found)));
    return present;
  }

  /** Begins; does not wait. */
  void start() {
    thread.start();
  }

  /** Gives up an attempt that is going on; a later run takes it up. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      present.ifPresent(this::use);
      while (true) {
        Duration wait = Duration.between(clock.instant(), step());
        Duration pause = wait.compareTo(LOOK) < 0 ? wait : LOOK;
        Thread.sleep(Math.max(pause.toMillis(), 100));
      }
    } catch (InterruptedException closed) {
      log.debug("closed");
    } catch (RuntimeException e) {
      log.error("certificates are renewed no more, until the next start", e);
    }
  }

  /** Does what is due, and tells when something will be. */
  private Instant step() throws InterruptedException {
    AcmeState state = folder.state(names);
    Instant now = clock.instant();
    Optional<Instant> barred = state.notBefore().filter(now::isBefore);
    if (present.isPresent()) {
      state = planned(state, present.get().certificate());
      Instant due = state.renewAt().orElse(now);
      if (now.isBefore(due)) {
        return state.askAt().filter(due::isAfter).orElse(due);
      }
    } else {
      sayWaiting(barred);
    }
    if (barred.isPresent()) {
      return barred.get();
    }
    attempt();
    return clock.instant();
  }

  private void attempt() throws InterruptedException {
    try {
      Credentials made = client.obtain(present.map(Credentials::certificate));
      folder.keepCertificate(made);
      folder.keepState(folder.state(names).done());
      present = Optional.of(made);
      use(made);
      problem = "";
      log.info("a new certificate for {} is in use, until {}", names(), expiry(made));
    } catch (AcmeFailure e) {
      failed(e);
    } catch (IOException | GeneralSecurityException e) {
      failed(
          new AcmeFailure(
              AcmeFailure.Kind.REFUSED,
              "nothing can be kept in " + folder + " (" + e.getMessage() + "); make it writable",
              Optional.empty(),
              e));
    }
  }

  private void failed(AcmeFailure failure) throws InterruptedException {
    if (Thread.currentThread().isInterrupted() || hasInterruption(failure)) {
      throw new InterruptedException();
    }
    AcmeState state = folder.state(names);
    Duration wait = BackOff.after(failure, state.failures() + 1, random.nextDouble());
    Instant next = clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS);
    remember(state.failed(next));
    String consequence =
        present
            .map(found -> "the present one is good until " + expiry(found))
            .orElse("browsers warn until there is one");
    problem = failure.getMessage() + "; " + consequence + ", next attempt at " + next;
    log.warn(
        "no new certificate for {}: {}; {}, next attempt at {}",
        names(),
        failure.getMessage(),
        consequence,
        next);
    log.debug("the cause", failure);
  }

  private AcmeState planned(AcmeState state, X509Certificate certificate) {
    boolean ask = state.askAt().filter(at -> !clock.instant().isBefore(at)).isPresent();
    if (state.renewAt().isPresent() && !ask) {
      return state;
    }
    RenewalPlan byLifetime = RenewalPlan.byLifetime(certificate, random.nextDouble());
    RenewalPlan plan;
    try {
      plan = client.advice(certificate, random.nextDouble()).orElse(byLifetime);
    } catch (AcmeFailure e) {
      log.info("the authority does not say when to renew: {}", e.getMessage());
      Instant renewAt = state.renewAt().orElse(byLifetime.renewAt());
      plan = new RenewalPlan(renewAt, Optional.of(clock.instant().plus(ASK_AGAIN)));
    }
    AcmeState planned = state.planned(plan);
    remember(planned);
    return planned;
  }

  private void remember(AcmeState state) {
    try {
      folder.keepState(state);
    } catch (IOException e) {
      // without memory there must be no further attempt, which could come too often
      throw new IllegalStateException("nothing can be kept in " + folder, e);
    }
  }

  private void use(Credentials credentials) {
    install.accept(
        new Credentials(
            credentials.key(), credentials.chain(), PublicTrust.reaches(credentials.chain())));
  }

  private void sayWaiting(Optional<Instant> barred) {
    if (told) {
      return;
    }
    told = true;
    problem = "waiting for the authority to reach this server";
    log.info(
        "no certificate for {} yet, browsers will warn: waiting {} for the authority to reach this"
            + " server; the DNS must point here, and the firewall must let TCP port 443 (or 80) in",
        names(),
        barred.map(at -> "until " + at + ", after failures, and then").orElse(""));
  }

  /** What is being waited for; empty when all is well. From any thread. */
  String problem() {
    return problem;
  }

  private static boolean hasInterruption(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  private String names() {
    return String.join(", ", names);
  }

  private static Instant expiry(Credentials credentials) {
    return credentials.certificate().getNotAfter().toInstant();
  }
}
