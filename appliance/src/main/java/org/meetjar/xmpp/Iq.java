package org.meetjar.xmpp;

import org.meetjar.xml.Element;

/** Questions about iq stanzas, and their answers (RFC 6120 section 8.2.3). */
public final class Iq {
  private Iq() {}

  /** Whether the stanza is an iq that asks for an answer. */
  public static boolean isRequest(Element stanza) {
    return stanza.name().equals("iq") && (isGet(stanza) || isSet(stanza));
  }

  public static boolean isGet(Element stanza) {
    return stanza.attribute("type").equals("get");
  }

  public static boolean isSet(Element stanza) {
    return stanza.attribute("type").equals("set");
  }

  /** The empty result of a request. */
  public static Element result(Element request) {
    return StanzaError.answer(request, "result").build();
  }

  /** The result of a request, with its payload. */
  public static Element result(Element request, Element payload) {
    return StanzaError.answer(request, "result").add(payload).build();
  }
}
