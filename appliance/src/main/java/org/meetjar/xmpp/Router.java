package org.meetjar.xmpp;

import java.util.Collection;
import java.util.function.Predicate;
import org.meetjar.xml.Element;

/**
 * Delivers stanzas by their {@code to}. Owned by the signalling loop: every call is made on it.
 *
 * <p>What goes to a session is on its way when the call returns. What goes to a {@link Component}
 * waits until the component at work has returned from {@link Component#receive}, or the loop's task
 * has ended: no component is called from inside another, and each hears its stanzas in the order in
 * which they were sent.
 */
public interface Router {
  /**
   * Makes the component the receiver for the address: a full JID, a bare JID or a domain. The most
   * specific registration wins. Replaces an earlier registration.
   */
  void register(Jid address, Component component);

  /**
   * Makes the component the receiver for every address whose domain the predicate accepts and for
   * which there is no registration by {@link #register}: one service under many virtual domains,
   * such as a room service that answers for each tenant. For the life of the router.
   */
  void registerDomains(Predicate<String> domains, Component component);

  void unregister(Jid address);

  /**
   * Delivers a stanza whose {@code from} and {@code to} are set. An IQ request that finds no
   * receiver is answered with {@code service-unavailable}; other stanzas without receiver vanish,
   * as RFC 6120 section 10.5 has it.
   *
   * <p>When a client's session ends, the hub routes an unavailable presence in its name to every
   * address to which it had sent available presence (RFC 6121 section 4.6.3): so a room learns that
   * an occupant is gone.
   */
  void route(Element stanza);

  /**
   * Delivers the same stanza to several receivers. The stanza has {@code from} and no {@code to};
   * it is serialised at most once in its life ({@link Element#toXml} keeps the text), each receiver
   * gets its own {@code to} in front of the shared text.
   */
  default void broadcast(Element stanza, Collection<Jid> receivers) {
    for (Jid receiver : receivers) {
      route(stanza.with("to", receiver.toString()));
    }
  }
}
