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
import java.util.Set;
import org.meetjar.config.AcmeSettings;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a certificate made by an authority: account, order, proof, request, download (RFC 8555
 * section 7). An order in progress is remembered and taken up again. Blocks; used by one thread.
 */
final class AcmeClient {
  private static final Logger log = LoggerFactory.getLogger(AcmeClient.class);
  private static final String SHORT_LIVED = "shortlived";

  private final AcmeSettings settings;
  private final List<String> names;
  private final AcmeFolder folder;
  private final AcmeProof proof;
  private final boolean plainPage;
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
    this.plainPage = plainPage;
    this.clock = clock;
    proof = new AcmeProof(challenges, clock);
  }

  /**
   * A new certificate, which is not kept yet.
   *
   * @param replaced the one that it will take the place of
   */
  Credentials obtain(Optional<X509Certificate> replaced)
      throws AcmeFailure, IOException, InterruptedException {
    AcmeDirectory directory = new AcmeDirectory(settings.directoryCa(), clock);
    try {
      return obtain(directory.session(settings.directory()), replaced);
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

  private Credentials obtain(Session session, Optional<X509Certificate> replaced)
      throws AcmeException, AcmeFailure, IOException, InterruptedException {
    Login login = new AcmeAccount(settings, folder).login(session);
    AcmeState state = folder.state(names);
    String address = login.getAccountLocation().toString();
    if (!state.account().equals(Optional.of(address))) {
      folder.keepState(state.withAccount(address).withOrder(Optional.empty()));
    }
    Optional<Order> resumed = resumed(login);
    if (resumed.isPresent()) {
      Optional<Credentials> finished = finished(resumed.get());
      if (finished.isPresent()) {
        return finished.get();
      }
    }
    AcmeFailure failure = null;
    for (String challenge : kinds()) {
      try {
        return complete(ordered(login, replaced), challenge);
      } catch (AcmeFailure e) {
        forgetOrder();
        if (e.kind() != AcmeFailure.Kind.REFUSED) {
          throw e;
        }
        log.info("no proof by {}: {}", challenge, e.getMessage());
        failure = failure == null ? e : failure;
      }
    }
    throw failure;
  }

  /** The kind of proof that worked last comes first. */
  private List<String> kinds() {
    List<String> kinds = new ArrayList<>(settings.challenges());
    if (!plainPage && kinds.size() > 1) {
      kinds.remove(AcmeSettings.HTTP);
    }
    folder
        .state(names)
        .challenge()
        .filter(kinds::contains)
        .ifPresent(
            worked -> {
              kinds.remove(worked);
              kinds.add(0, worked);
            });
    return kinds;
  }

  /** The order that was in progress, if it still can be. */
  private Optional<Order> resumed(Login login) throws IOException {
    Optional<String> address = folder.state(names).order();
    if (address.isEmpty() || folder.orderKey().isEmpty()) {
      return Optional.empty();
    }
    Order order = login.bindOrder(url(address.get()));
    try {
      order.fetch();
      if (Set.of(Status.PENDING, Status.READY, Status.PROCESSING, Status.VALID)
          .contains(order.getStatus())) {
        log.info("going on with the order that was in progress");
        return Optional.of(order);
      }
    } catch (AcmeException gone) {
      log.debug("the order in progress is gone: {}", gone.toString());
    }
    forgetOrder();
    return Optional.empty();
  }

  /** An order that was interrupted fails for no fault of ours: then there will be another. */
  private Optional<Credentials> finished(Order order)
      throws AcmeException, IOException, InterruptedException {
    try {
      return Optional.of(complete(order, kinds().get(0)));
    } catch (AcmeFailure e) {
      log.info("the order that was in progress has failed: {}", e.getMessage());
      forgetOrder();
      return Optional.empty();
    }
  }

  private void forgetOrder() throws IOException {
    folder.keepState(folder.state(names).withOrder(Optional.empty()));
  }

  private Order ordered(Login login, Optional<X509Certificate> replaced)
      throws AcmeException, AcmeFailure, IOException {
    folder.keepOrderKey(KeyPairs.make());
    Order order;
    try {
      order = builder(login, replaced).create();
    } catch (AcmeServerException e) {
      String type = e.getType().toString();
      boolean replacedAlready = replaced.isPresent() && type.endsWith(":alreadyReplaced");
      if (!replacedAlready) {
        throw e;
      }
      order = builder(login, Optional.empty()).create();
    }
    folder.keepState(folder.state(names).withOrder(Optional.of(order.getLocation().toString())));
    return order;
  }

  private OrderBuilder builder(Login login, Optional<X509Certificate> replaced)
      throws AcmeException, AcmeFailure {
    OrderBuilder builder = login.newOrder();
    for (String name : names) {
      builder.identifier(
          Names.isAddress(name) ? new Identifier(Identifier.TYPE_IP, name) : Identifier.dns(name));
    }
    profile(login.getSession()).ifPresent(builder::profile);
    if (replaced.isPresent()
        && login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()) {
      builder.replaces(replaced.get());
    }
    return builder;
  }

  private Optional<String> profile(Session session) throws AcmeException, AcmeFailure {
    Set<String> offered = session.getMetadata().getProfiles();
    String wanted = settings.profile();
    if (wanted.equals(AcmeSettings.AUTOMATIC)) {
      boolean address = names.stream().anyMatch(Names::isAddress);
      return Optional.of(SHORT_LIVED).filter(profile -> address && offered.contains(profile));
    }
    if (wanted.isEmpty() || offered.contains(wanted)) {
      return Optional.of(wanted).filter(profile -> !profile.isEmpty());
    }
    throw new AcmeFailure(
        AcmeFailure.Kind.UNREACHED,
        "the authority has no profile " + wanted + " (it has " + offered + "); check acme.profile");
  }

  private Credentials complete(Order order, String challenge)
      throws AcmeException, AcmeFailure, IOException, InterruptedException {
    KeyPair key = folder.orderKey().orElseThrow(() -> new IOException("the order's key is gone"));
    if (order.getStatus() == Status.PENDING) {
      for (Authorization authorization : order.getAuthorizations()) {
        proof.give(authorization, challenge);
      }
      AcmeWait.until(order, Set.of(Status.READY, Status.VALID, Status.INVALID), clock);
    }
    if (order.getStatus() == Status.READY) {
      order.execute(key);
    }
    AcmeWait.until(order, Set.of(Status.VALID, Status.INVALID), clock);
    if (order.getStatus() != Status.VALID) {
      throw new AcmeFailure(
          AcmeFailure.Kind.REFUSED,
          "the authority refuses the order"
              + order.getError().map(problem -> " (" + problem + ")").orElse(""));
    }
    Credentials made =
        new Credentials(key.getPrivate(), order.getCertificate().getCertificateChain(), false);
    if (!KeyPairs.match(made) || !Names.of(made.certificate()).containsAll(names)) {
      forgetOrder();
      throw new AcmeFailure(AcmeFailure.Kind.REFUSED, "the certificate is for something else");
    }
    folder.keepState(folder.state(names).proved(challenge));
    return made;
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
