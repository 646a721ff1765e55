package org.meetjar.tls;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.AcmeSettings;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a certificate made by an authority, for all of the server's names or, where some cannot be
 * proved, for the others; and asks when to replace it. Blocks; used by one thread.
 */
final class AcmeClient {
  private static final Logger log = LoggerFactory.getLogger(AcmeClient.class);

  private final AcmeSettings settings;
  private final List<String> names;
  private final AcmeFolder folder;
  private final AcmeOrders orders;
  private final Clock clock;

  /**
   * @param plainPage whether there is one, where names can be proved too
   */
  AcmeClient(
      AcmeSettings settings,
      List<String> names,
      AcmeFolder folder,
      Challenges challenges,
      boolean plainPage,
      Clock clock) {
    this.settings = settings;
    this.names = names;
    this.folder = folder;
    this.clock = clock;
    orders =
        new AcmeOrders(settings, names, folder, new AcmeProof(challenges, clock), plainPage, clock);
  }

  /**
   * A certificate.
   *
   * @param unproved the names that it is not for, since they cannot be proved, and why
   */
  record Obtained(Credentials credentials, Optional<AcmeFailure> unproved) {}

  /**
   * A new certificate for all names, which is not kept yet.
   *
   * @param replaced the one that it will take the place of
   */
  Credentials obtain(Optional<X509Certificate> replaced)
      throws AcmeFailure, IOException, InterruptedException {
    Obtained obtained = obtain(replaced, false);
    if (obtained.unproved().isPresent()) {
      throw obtained.unproved().get();
    }
    return obtained.credentials();
  }

  /**
   * A new certificate, which is not kept yet.
   *
   * @param replaced the one that it will take the place of
   * @param some whether one for some of the names is better than none
   */
  Obtained obtain(Optional<X509Certificate> replaced, boolean some)
      throws AcmeFailure, IOException, InterruptedException {
    AcmeDirectory directory = new AcmeDirectory(settings.directoryCa(), clock);
    try {
      return obtain(directory.session(settings.directory()), replaced, some);
    } catch (AcmeException | RuntimeException e) {
      throw AcmeExplanation.of(e, settings, directory.retryAfter(), clock.instant());
    }
  }

  /**
   * What the authority thinks of replacing a certificate, RFC 9773; empty if it doesn't say.
   *
   * @param chance from 0 to 1
   */
  Optional<RenewalPlan> advice(X509Certificate certificate, double chance) throws AcmeFailure {
    AcmeDirectory directory = new AcmeDirectory(settings.directoryCa(), clock);
    try {
      Session session = directory.session(settings.directory());
      Optional<KeyPair> key = folder.accountKey();
      Optional<URL> account = folder.state(names).account().map(AcmeClient::url);
      if (key.isEmpty()
          || account.isEmpty()
          || session.resourceUrlOptional(Resource.RENEWAL_INFO).isEmpty()) {
        return Optional.empty();
      }
      RenewalInfo info = session.login(account.get(), key.get()).bindRenewalInfo(certificate);
      info.fetch();
      Instant start = info.getSuggestedWindowStart();
      Instant end = info.getSuggestedWindowEnd();
      if (!end.isAfter(start)) {
        return Optional.empty();
      }
      if (end.isBefore(clock.instant())) {
        log.info(
            "the authority wants the certificate replaced at once{}",
            info.getExplanation().map(link -> ": " + link).orElse(""));
      }
      return Optional.of(
          RenewalPlan.suggested(
              certificate,
              start,
              end,
              chance,
              RenewalPlan.nextAsk(clock.instant(), info.getRetryAfter())));
    } catch (AcmeException | RuntimeException e) {
      throw AcmeExplanation.of(e, settings, directory.retryAfter(), clock.instant());
    }
  }

  private Obtained obtain(Session session, Optional<X509Certificate> replaced, boolean some)
      throws AcmeException, AcmeFailure, IOException, InterruptedException {
    Login login = new AcmeAccount(settings, folder).login(session);
    AcmeState state = folder.state(names);
    String address = login.getAccountLocation().toString();
    if (!state.account().equals(Optional.of(address))) {
      folder.keepState(state.withAccount(address).withOrder(Optional.empty()));
    }
    Optional<Credentials> resumed = orders.resume(login);
    if (resumed.isPresent()) {
      return new Obtained(resumed.get(), missing(resumed.get()));
    }
    try {
      return new Obtained(orders.place(login, names, replaced), Optional.empty());
    } catch (Unproved e) {
      List<String> others = new ArrayList<>(names);
      others.removeAll(e.names());
      if (!some || others.isEmpty()) {
        throw e;
      }
      log.info(
          "{} cannot be proved ({}): asking for a certificate for {} alone",
          Names.listed(List.copyOf(e.names())),
          e.getMessage(),
          Names.listed(others));
      return new Obtained(orders.place(login, others, replaced), Optional.of(e));
    }
  }

  /** An order that was interrupted may have been for some of the names. */
  private Optional<AcmeFailure> missing(Credentials made) {
    List<String> missing = new ArrayList<>(names);
    missing.removeAll(Names.of(made.certificate()));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AcmeFailure(
                AcmeFailure.Kind.REFUSED, Names.listed(missing) + " could not be proved"));
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
