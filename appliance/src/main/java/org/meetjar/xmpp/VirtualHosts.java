package org.meetjar.xmpp;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meetjar.config.Policy;

/**
 * The domains on which clients sign in, and how, by the policy. Services live on domains of their
 * own ({@code auth}, {@code conference}, {@code focus}), where no client can sign in.
 */
final class VirtualHosts {
  /**
   * @param anonymous whether guests sign in here without credentials
   * @param accounts whether account holders sign in here
   */
  record VirtualHost(Jid domain, boolean anonymous, boolean accounts) {}

  private final Jid main;
  private final Jid guests;
  private final Supplier<Policy> policy;

  /**
   * @param policy asked anew for every client; who has signed in stays
   */
  VirtualHosts(String domain, Supplier<Policy> policy) {
    this.policy = policy;
    main = Jid.of(domain);
    guests = Jid.of("guest." + domain);
  }

  /** Every domain that is one under some policy. */
  List<Jid> domains() {
    return List.of(main, guests);
  }

  VirtualHost main() {
    return hosts().get(0);
  }

  Optional<VirtualHost> find(String domain) {
    return Jid.parse(domain)
        .flatMap(wanted -> hosts().stream().filter(h -> h.domain().equals(wanted)).findFirst());
  }

  private List<VirtualHost> hosts() {
    return switch (policy.get()) {
      case OPEN -> List.of(new VirtualHost(main, true, true));
      case HOSTS ->
          List.of(new VirtualHost(main, false, true), new VirtualHost(guests, true, false));
      case MEMBERS -> List.of(new VirtualHost(main, false, true));
    };
  }
}
