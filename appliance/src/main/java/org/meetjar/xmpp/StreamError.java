package org.meetjar.xmpp;

import org.meetjar.xml.Element;
import org.meetjar.xml.XmlVerdict;

/** Why a stream ends, RFC 6120 section 4.9.3. */
enum StreamError {
  BAD_FORMAT("bad-format"),
  BAD_NAMESPACE_PREFIX("bad-namespace-prefix"),
  CONFLICT("conflict"),
  CONNECTION_TIMEOUT("connection-timeout"),
  HOST_UNKNOWN("host-unknown"),
  INVALID_NAMESPACE("invalid-namespace"),
  NOT_AUTHORIZED("not-authorized"),
  NOT_WELL_FORMED("not-well-formed"),
  POLICY_VIOLATION("policy-violation"),
  RESOURCE_CONSTRAINT("resource-constraint"),
  RESTRICTED_XML("restricted-xml"),
  SYSTEM_SHUTDOWN("system-shutdown"),
  UNDEFINED_CONDITION("undefined-condition"),
  UNSUPPORTED_STANZA_TYPE("unsupported-stanza-type"),
  UNSUPPORTED_VERSION("unsupported-version");

  private static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-streams";

  private final String condition;

  StreamError(String condition) {
    this.condition = condition;
  }

  static StreamError of(XmlVerdict verdict) {
    return switch (verdict) {
      case NOT_WELL_FORMED -> NOT_WELL_FORMED;
      case RESTRICTED_XML -> RESTRICTED_XML;
      case BAD_NAMESPACE_PREFIX -> BAD_NAMESPACE_PREFIX;
      case POLICY_VIOLATION -> POLICY_VIOLATION;
    };
  }

  String condition() {
    return condition;
  }

  /** Where a text says nothing, it is left out: the condition is what programs read. */
  Element toElement(String text) {
    Element.Builder error =
        Element.of("error", Streams.NAMESPACE).add(Element.of(condition, NAMESPACE));
    if (!text.isEmpty()) {
      error.add(Element.of("text", NAMESPACE).set("xml:lang", "en").text(text));
    }
    return error.build();
  }
}
