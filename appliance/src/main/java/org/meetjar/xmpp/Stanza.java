package org.meetjar.xmpp;

import java.util.Optional;
import org.meetjar.xml.Element;

/** What all stanzas have in common (RFC 6120 section 8). Their answers: {@link Iq}, errors. */
public final class Stanza {
  /** The namespace of message, presence and iq. */
  public static final String CLIENT = "jabber:client";

  private Stanza() {}

  public static boolean isIq(Element stanza) {
    return stanza.is("iq", CLIENT);
  }

  public static boolean isMessage(Element stanza) {
    return stanza.is("message", CLIENT);
  }

  public static boolean isPresence(Element stanza) {
    return stanza.is("presence", CLIENT);
  }

  public static boolean isError(Element stanza) {
    return stanza.attribute("type").equals("error");
  }

  /** The sender; empty when there is none or it is malformed. */
  public static Optional<Jid> from(Element stanza) {
    return Jid.parse(stanza.attribute("from"));
  }

  /** The receiver; empty when there is none or it is malformed. */
  public static Optional<Jid> to(Element stanza) {
    return Jid.parse(stanza.attribute("to"));
  }
}
