package org.meetjar.xmpp;

import org.meetjar.xml.Element;

/**
 * A stanza on its way to one session. Copies of a broadcast share the stanza and its text.
 *
 * @param to the receiver, or the empty string when the stanza itself names it
 */
record Outgoing(Element stanza, String to) {
  static Outgoing of(Element stanza) {
    return new Outgoing(stanza, "");
  }

  String text() {
    return to.isEmpty() ? stanza.toXml() : stanza.toXmlWith("to", to);
  }

  /** Characters, about. */
  int size() {
    return stanza.toXml().length() + to.length();
  }

  Element whole() {
    return to.isEmpty() ? stanza : stanza.with("to", to);
  }
}
