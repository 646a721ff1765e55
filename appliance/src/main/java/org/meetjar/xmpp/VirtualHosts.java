package org.meetjar.xmpp;

import java.util.List;
import java.util.Optional;
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

  private final List<VirtualHost> hosts;

  VirtualHosts(String domain, Policy policy) {
    Jid main = Jid.of(domain);
    hosts =
        switch (policy) {
          case OPEN -> List.of(new VirtualHost(main, true, true));
          case HOSTS ->
              List.of(
                  new VirtualHost(main, false, true),
                  new VirtualHost(Jid.of("guest." + domain), true, false));
          case MEMBERS -> List.of(new VirtualHost(main, false, true));
        };
  }

  List<VirtualHost> all() {
    return hosts;
  }

  VirtualHost main() {
    return hosts.get(0);
  }

  Optional<VirtualHost> find(String domain) {
    return Jid.parse(domain)
        .flatMap(wanted -> hosts.stream().filter(h -> h.domain().equals(wanted)).findFirst());
  }
}
