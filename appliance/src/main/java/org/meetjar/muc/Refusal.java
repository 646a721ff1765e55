package org.meetjar.muc;

import java.util.List;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.StanzaError;

/** A stanza is not accepted, and why: becomes the error that answers it. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final transient StanzaError error;
  private final transient List<Element> details;

  /**
   * @param text for people, or empty
   * @param details application-specific conditions, put inside the error
   */
  public Refusal(StanzaError error, String text, Element... details) {
    super(text, null, false, false);
    this.error = error;
    this.details = List.of(details);
  }

  Element reply(Element stanza) {
    return error.reply(stanza, getMessage(), details.toArray(Element[]::new));
  }
}
