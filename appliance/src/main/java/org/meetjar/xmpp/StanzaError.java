package org.meetjar.xmpp;

import org.meetjar.xml.Element;

/**
 * The error conditions of stanzas that we send (RFC 6120 section 8.3.3), each with the type that
 * the clause gives it.
 */
public enum StanzaError {
  BAD_REQUEST("bad-request", "modify"),
  CONFLICT("conflict", "cancel"),
  FEATURE_NOT_IMPLEMENTED("feature-not-implemented", "cancel"),
  FORBIDDEN("forbidden", "auth"),
  GONE("gone", "cancel"),
  INTERNAL_SERVER_ERROR("internal-server-error", "cancel"),
  ITEM_NOT_FOUND("item-not-found", "cancel"),
  JID_MALFORMED("jid-malformed", "modify"),
  NOT_ACCEPTABLE("not-acceptable", "modify"),
  NOT_ALLOWED("not-allowed", "cancel"),
  NOT_AUTHORIZED("not-authorized", "auth"),
  POLICY_VIOLATION("policy-violation", "modify"),
  RECIPIENT_UNAVAILABLE("recipient-unavailable", "wait"),
  REGISTRATION_REQUIRED("registration-required", "auth"),
  REMOTE_SERVER_TIMEOUT("remote-server-timeout", "wait"),
  RESOURCE_CONSTRAINT("resource-constraint", "wait"),
  SERVICE_UNAVAILABLE("service-unavailable", "cancel"),
  UNDEFINED_CONDITION("undefined-condition", "cancel"),
  UNEXPECTED_REQUEST("unexpected-request", "wait");

  /** The namespace of the conditions and of their text. */
  public static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-stanzas";

  private final String condition;
  private final String type;

  StanzaError(String condition, String type) {
    this.condition = condition;
    this.type = type;
  }

  /** The condition's element name. */
  public String condition() {
    return condition;
  }

  /** The error stanza that answers the given one. */
  public Element reply(Element stanza) {
    return reply(stanza, "");
  }

  /**
   * The error stanza that answers the given one. Must not be sent for a stanza that is not {@link
   * #answerable}.
   *
   * @param text for people, or empty
   * @param details application-specific conditions, put inside the error
   */
  public Element reply(Element stanza, String text, Element... details) {
    Element.Builder error = Element.of("error", stanza.namespace()).set("type", type);
    error.add(Element.of(condition, NAMESPACE));
    if (!text.isEmpty()) {
      error.add(Element.of("text", NAMESPACE).text(text));
    }
    for (Element detail : details) {
      error.add(detail);
    }
    return answer(stanza, "error").add(error).build();
  }

  /** Whether the stanza may be answered by an error: errors and results never are. */
  public static boolean answerable(Element stanza) {
    String stanzaType = stanza.attribute("type");
    return !stanzaType.equals("error") && !stanzaType.equals("result");
  }

  /** The empty stanza that goes back to where the given one came from. */
  static Element.Builder answer(Element stanza, String type) {
    Element.Builder answer = Element.of(stanza.name(), stanza.namespace()).set("type", type);
    if (stanza.has("id")) {
      answer.set("id", stanza.attribute("id"));
    }
    if (stanza.has("to")) {
      answer.set("from", stanza.attribute("to"));
    }
    if (stanza.has("from")) {
      answer.set("to", stanza.attribute("from"));
    }
    return answer;
  }
}
