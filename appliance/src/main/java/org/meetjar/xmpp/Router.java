package org.meetjar.xmpp;

import org.meetjar.xml.Element;

/** Delivers stanzas by their {@code to}. Owned by the signalling loop: every call is made on it. */
public interface Router {
  /**
   * Makes the component the receiver for the address: a full JID, a bare JID or a domain. The most
   * specific registration wins. Replaces an earlier registration.
   */
  void register(Jid address, Component component);

  void unregister(Jid address);

  /**
   * Delivers a stanza whose {@code from} and {@code to} are set. An IQ request that finds no
   * receiver is answered with {@code service-unavailable}; other stanzas without receiver vanish,
   * as RFC 6120 section 10.5 has it.
   */
  void route(Element stanza);
}
