package org.meetjar.xmpp;

import org.meetjar.xml.Element;

/** The names of stream negotiation, RFC 6120 sections 4 to 7, XEP-0198. */
final class Streams {
  static final String NAMESPACE = "http://etherx.jabber.org/streams";
  static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";
  static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
  static final String SM = "urn:xmpp:sm:3";

  private Streams() {}

  static Element mechanisms(Iterable<String> names) {
    Element.Builder mechanisms = Element.of("mechanisms", SASL);
    names.forEach(name -> mechanisms.textChild("mechanism", name));
    return Element.of("features", NAMESPACE).add(mechanisms).build();
  }

  static Element boundFeatures() {
    return Element.of("features", NAMESPACE)
        .add(Element.of("bind", BIND))
        .add(Element.of("sm", SM))
        .build();
  }

  static Element smFailed(String condition) {
    return Element.of("failed", SM).add(Element.of(condition, StanzaError.NAMESPACE)).build();
  }
}
