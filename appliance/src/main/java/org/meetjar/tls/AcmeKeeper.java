package org.meetjar.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.meetjar.config.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a certificate from an authority current: has one made, replaces it in time, and waits after
 * failures, longer each time and over restarts. All of it blocks and runs in a thread of its own;
 * only {@link #stored} is called before that begins, and {@link #trouble} at any time.
 */
final class AcmeKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AcmeKeeper.class);

  /** The clock may be set, and the machine may sleep: the time is looked at that often. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private static final Duration ASK_AGAIN = Duration.ofHours(6);

  /** After so many failures in a row, a change in the DNS ends no wait any more. */
  private static final int FORGIVEN = 5;

  private final TlsSettings settings;
  private final List<String> names;
  private final AcmeFolder folder;
  private final Challenges challenges;
  private final Clock clock;
  private final RandomGenerator random;
  private final Supplier<DnsView> dns;
  private final Consumer<Credentials> install;
  private final Thread thread;

  /** Made on the thread: its library takes time to load. */
  private AcmeClient client;

  private boolean plainPage = true;
  private Optional<Credentials> present = Optional.empty();
  private final AcmeNews news;

  /**
   * @param dns looks where the names lead to; may block
   * @param install takes every new certificate, on this keeper's thread
   */
  AcmeKeeper(
      TlsSettings settings,
      AcmeFolder folder,
      Challenges challenges,
      Clock clock,
      RandomGenerator random,
      Supplier<DnsView> dns,
      Consumer<Credentials> install) {
    this.settings = settings;
    this.names = settings.names();
    this.folder = folder;
    this.challenges = challenges;
    this.clock = clock;
    this.random = random;
    this.dns = dns;
    this.install = install;
    news = new AcmeNews(names, settings.acme().directory());
    thread = new Thread(this::run, "acme");
    thread.setDaemon(true);
  }

  /** The certificate of an earlier run, if it serves for one of the names at least. */
  Optional<Credentials> stored() {
    present =
        folder
            .certificate()
            .filter(found -> !Collections.disjoint(Names.of(found.certificate()), names))
            .filter(found -> clock.instant().isBefore(AcmeNews.expiry(found)));
    return present;
  }

  /**
   * Begins; does not wait.
   *
   * @param plain whether there is a plain page, where names can be proved too
   */
  void start(boolean plain) {
    plainPage = plain;
    thread.start();
  }

  /** Why there is no new certificate, as part of a sentence; any thread may ask. */
  Optional<String> trouble() {
    return news.trouble();
  }

  /** Gives up an attempt that is going on; a later run takes it up. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      client = new AcmeClient(settings.acme(), names, folder, challenges, plainPage, clock);
      news.remembered(folder.state(names).trouble().map(AcmeState.Trouble::why), covers(present));
      present.ifPresent(this::use);
      while (true) {
        Duration wait = Duration.between(clock.instant(), step());
        Duration pause = wait.compareTo(LOOK) < 0 ? wait : LOOK;
        Thread.sleep(Math.max(pause.toMillis(), 100));
      }
    } catch (InterruptedException closed) {
      log.debug("closed");
    }
  }

  /** Does what is due, and tells when something will be. Whatever happens, there is a next time. */
  private Instant step() throws InterruptedException {
    try {
      return due();
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      log.error("looking after the certificate", e);
      failed(new AcmeFailure(AcmeFailure.Kind.UNREACHED, "an error of ours (" + e + ")"));
      return clock.instant().plus(LOOK);
    }
  }

  private Instant due() throws InterruptedException {
    AcmeState state = folder.state(names);
    Instant now = clock.instant();
    boolean old = true;
    if (present.isPresent()) {
      state = planned(state, present.get().certificate());
      Instant due = state.renewAt().orElse(now);
      old = !now.isBefore(due);
      if (!old && covers(present)) {
        return state.askAt().filter(due::isAfter).orElse(due);
      }
    }
    Optional<Instant> barred = state.notBefore().filter(now::isBefore);
    if (barred.isPresent() && !forgiven(state)) {
      sayWaiting(barred);
      return barred.get();
    }
    sayWaiting(Optional.empty());
    attempt(old);
    return clock.instant();
  }

  /** Whether it is for all names: of several some may not have been provable. */
  private boolean covers(Optional<Credentials> credentials) {
    return credentials
        .filter(found -> Names.of(found.certificate()).containsAll(names))
        .isPresent();
  }

  /** Whether the last refusal may have had a reason in the DNS that is gone. */
  private boolean forgiven(AcmeState state) {
    Optional<DnsView.Aim> seen =
        state
            .trouble()
            .filter(past -> past.failures() <= FORGIVEN)
            .flatMap(AcmeState.Trouble::seen)
            .filter(aim -> aim != DnsView.Aim.HERE);
    boolean better = seen.filter(aim -> dns.get().aim().compareTo(aim) > 0).isPresent();
    if (better) {
      log.info("the DNS of {} has changed: trying again for a certificate", Names.listed(names));
    }
    return better;
  }

  /**
   * @param some whether a certificate for some of the names is better than what there is
   */
  private void attempt(boolean some) throws InterruptedException {
    AcmeClient.Obtained obtained;
    try {
      obtained = client.obtain(present.map(Credentials::certificate), some);
    } catch (AcmeFailure e) {
      failed(e);
      return;
    } catch (IOException e) {
      failed(unkept(e));
      return;
    }
    Credentials made = obtained.credentials();
    present = Optional.of(made);
    use(made);
    news.obtained(made);
    try {
      // until it is kept, the order is remembered, from which it can be had again
      folder.keepCertificate(made);
    } catch (IOException | GeneralSecurityException e) {
      log.warn("the new certificate is lost with the next restart: {}", unkept(e).getMessage());
    }
    Instant from = made.certificate().getNotBefore().toInstant();
    Duration lifetime = Duration.between(from, AcmeNews.expiry(made));
    Instant now = clock.instant();
    remember(folder.state(names).done(now, lifetime));
    if (now.isBefore(from) || now.isAfter(AcmeNews.expiry(made))) {
      log.warn("the new certificate is not valid now; check this machine's clock");
    }
    if (obtained.unproved().isPresent()) {
      failed(obtained.unproved().get());
    }
  }

  private AcmeFailure unkept(Exception e) {
    return new AcmeFailure(
        AcmeFailure.Kind.REFUSED,
        "nothing can be kept in " + folder + " (" + e.getMessage() + "); make it writable",
        Optional.empty(),
        e);
  }

  private void failed(AcmeFailure failure) throws InterruptedException {
    if (Thread.currentThread().isInterrupted() || hasInterruption(failure)) {
      throw new InterruptedException();
    }
    AcmeState state = folder.state(names);
    Duration wait = BackOff.after(failure, state.failures() + 1, random.nextDouble());
    Instant next = clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS);
    String why = failure.getMessage();
    Optional<DnsView.Aim> seen = Optional.empty();
    if (failure.kind() == AcmeFailure.Kind.REFUSED) {
      DnsView view = dns.get();
      seen = Optional.of(view.aim());
      why = why + view.hint().map(hint -> "; " + hint).orElse("");
    }
    news.failed(why, present, next);
    remember(state.failed(next, why, seen));
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
      // in this process it is remembered all the same
      log.warn("{}", unkept(e).getMessage());
    }
  }

  private void use(Credentials credentials) {
    install.accept(
        new Credentials(
            credentials.key(), credentials.chain(), PublicTrust.reaches(credentials.chain())));
  }

  private void sayWaiting(Optional<Instant> barred) {
    if (present.isEmpty()) {
      news.waiting(barred, dns);
    }
  }

  /** What is being waited for; empty when all is well. From any thread. */
  String problem() {
    return news.problem();
  }

  private static boolean hasInterruption(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }
}
