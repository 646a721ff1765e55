package org.meetjar.xmpp;

import org.meetjar.xml.Element;

/** An entity inside the process that owns an address of the hub. */
public interface Component {
  /**
   * A stanza addressed to this entity. Called on the signalling loop; {@code from} is set and true.
   *
   * @param stanza message, presence or iq in namespace {@code jabber:client}
   */
  void receive(Element stanza);
}
