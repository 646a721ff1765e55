package org.meetjar.tls;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meetjar.config.AcmeSettings;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders of certificates: proof of each name, request, download (RFC 8555 section 7.4). An order in
 * progress is remembered and taken up again. Blocks; used by one thread.
 */
final class AcmeOrders {
  private static final Logger log = LoggerFactory.getLogger(AcmeOrders.class);
  private static final String SHORT_LIVED = "shortlived";

  private final AcmeSettings settings;
  private final List<String> names;
  private final AcmeFolder folder;
  private final AcmeProof proof;
  private final boolean plainPage;
  private final Clock clock;

  /**
   * @param names all of the server's, under which the state is remembered
   * @param plainPage whether there is one, where names can be proved too
   */
  AcmeOrders(
      AcmeSettings settings,
      List<String> names,
      AcmeFolder folder,
      AcmeProof proof,
      boolean plainPage,
      Clock clock) {
    this.settings = settings;
    this.names = names;
    this.folder = folder;
    this.proof = proof;
    this.plainPage = plainPage;
    this.clock = clock;
  }

  /**
   * A certificate for these names. Each is proved in the way that worked last; those that it does
   * not work for are proved in the other way, by another order.
   *
   * @throws Unproved when some names can be proved in no way
   */
  Credentials place(Login login, List<String> wanted, Optional<X509Certificate> replaced)
      throws AcmeException, AcmeFailure, IOException, InterruptedException {
    List<String> kinds = kinds();
    Map<String, Integer> tried = new HashMap<>();
    Map<String, AcmeFailure> first = new LinkedHashMap<>();
    while (true) {
      try {
        return complete(
            ordered(login, wanted, replaced), name -> kinds.get(tried.getOrDefault(name, 0)));
      } catch (Unproved e) {
        forgetOrder();
        Map<String, AcmeFailure> hopeless = new LinkedHashMap<>();
        e.reasons()
            .forEach(
                (name, why) -> {
                  first.putIfAbsent(name, why);
                  if (tried.merge(name, 1, Integer::sum) >= kinds.size()) {
                    hopeless.put(name, first.get(name));
                  }
                });
        log.info("no proof yet: {}", e.getMessage());
        if (!hopeless.isEmpty()) {
          throw new Unproved(hopeless);
        }
      } catch (AcmeFailure e) {
        forgetOrder();
        throw e;
      }
    }
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

  /** What comes of the order that was in progress, if there was one and it still can be. */
  Optional<Credentials> resume(Login login)
      throws AcmeException, IOException, InterruptedException {
    Optional<String> address = folder.state(names).order();
    if (address.isEmpty() || folder.orderKey().isEmpty()) {
      return Optional.empty();
    }
    Order order = login.bindOrder(url(address.get()));
    boolean useful = false;
    try {
      order.fetch();
      useful =
          Set.of(Status.PENDING, Status.READY, Status.PROCESSING, Status.VALID)
              .contains(order.getStatus());
    } catch (AcmeException gone) {
      log.debug("the order in progress is gone: {}", gone.toString());
    }
    if (useful) {
      log.info("going on with the order that was in progress");
      return finished(order);
    }
    forgetOrder();
    return Optional.empty();
  }

  /** An order that was interrupted fails for no fault of ours: then there will be another. */
  private Optional<Credentials> finished(Order order)
      throws AcmeException, IOException, InterruptedException {
    String kind = kinds().get(0);
    try {
      return Optional.of(complete(order, name -> kind));
    } catch (AcmeFailure e) {
      log.info("the order that was in progress has failed: {}", e.getMessage());
      forgetOrder();
      return Optional.empty();
    }
  }

  private void forgetOrder() throws IOException {
    folder.keepState(folder.state(names).withOrder(Optional.empty()));
  }

  private Order ordered(Login login, List<String> wanted, Optional<X509Certificate> replaced)
      throws AcmeException, AcmeFailure, IOException {
    folder.keepOrderKey(KeyPairs.make());
    Order order;
    try {
      order = builder(login, wanted, replaced).create();
    } catch (AcmeServerException e) {
      String type = e.getType().toString();
      boolean replacedAlready = replaced.isPresent() && type.endsWith(":alreadyReplaced");
      if (!replacedAlready) {
        throw refused(e, wanted);
      }
      order = builder(login, wanted, Optional.empty()).create();
    }
    folder.keepState(folder.state(names).withOrder(Optional.of(order.getLocation().toString())));
    return order;
  }

  /** An authority says of which names it wants to hear nothing, RFC 8555 section 6.7.1. */
  private static AcmeServerException refused(AcmeServerException e, List<String> wanted)
      throws Unproved {
    Map<String, AcmeFailure> reasons = new LinkedHashMap<>();
    for (Problem problem : e.getProblem().getSubProblems()) {
      String name = problem.getIdentifier().map(Identifier::getValue).orElse("");
      if (wanted.contains(name)) {
        reasons.put(
            name,
            new AcmeFailure(
                AcmeFailure.Kind.REFUSED, "the authority refuses " + name + " (" + problem + ")"));
      }
    }
    if (!reasons.isEmpty()) {
      throw new Unproved(reasons);
    }
    return e;
  }

  private OrderBuilder builder(Login login, List<String> wanted, Optional<X509Certificate> replaced)
      throws AcmeException, AcmeFailure {
    OrderBuilder builder = login.newOrder();
    for (String name : wanted) {
      builder.identifier(
          Names.isAddress(name) ? new Identifier(Identifier.TYPE_IP, name) : Identifier.dns(name));
    }
    profile(login.getSession(), wanted).ifPresent(builder::profile);
    if (replaced.isPresent()
        && login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()) {
      builder.replaces(replaced.get());
    }
    return builder;
  }

  private Optional<String> profile(Session session, List<String> wanted)
      throws AcmeException, AcmeFailure {
    Set<String> offered = session.getMetadata().getProfiles();
    String set = settings.profile();
    if (set.equals(AcmeSettings.AUTOMATIC)) {
      boolean address = wanted.stream().anyMatch(Names::isAddress);
      return Optional.of(SHORT_LIVED).filter(profile -> address && offered.contains(profile));
    }
    if (set.isEmpty() || offered.contains(set)) {
      return Optional.of(set).filter(profile -> !profile.isEmpty());
    }
    throw new AcmeFailure(
        AcmeFailure.Kind.UNREACHED,
        "the authority has no profile " + set + " (it has " + offered + "); check acme.profile");
  }

  /** How a name is to be proved. */
  private interface Choice {
    String of(String name);
  }

  private Credentials complete(Order order, Choice kinds)
      throws AcmeException, AcmeFailure, IOException, InterruptedException {
    KeyPair key = folder.orderKey().orElseThrow(() -> new IOException("the order's key is gone"));
    List<String> ordered =
        order.getIdentifiers().stream().map(Identifier::getValue).map(Names::canonical).toList();
    if (order.getStatus() == Status.PENDING) {
      proveAll(order, kinds);
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
    if (!KeyPairs.match(made) || !Names.of(made.certificate()).containsAll(ordered)) {
      forgetOrder();
      throw new AcmeFailure(AcmeFailure.Kind.REFUSED, "the certificate is for something else");
    }
    folder.keepState(folder.state(names).proved(kinds.of(ordered.get(0))));
    return made;
  }

  private void proveAll(Order order, Choice kinds)
      throws AcmeException, AcmeFailure, InterruptedException {
    Map<String, AcmeFailure> unproved = new LinkedHashMap<>();
    for (Authorization authorization : order.getAuthorizations()) {
      String name = Names.canonical(authorization.getIdentifier().getValue());
      try {
        proof.give(authorization, kinds.of(name));
      } catch (AcmeFailure e) {
        if (e.kind() != AcmeFailure.Kind.REFUSED) {
          throw e;
        }
        unproved.put(name, e);
      }
    }
    if (!unproved.isEmpty()) {
      throw new Unproved(unproved);
    }
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
