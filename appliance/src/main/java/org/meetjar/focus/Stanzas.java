package org.meetjar.focus;

import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** Makes stanzas. */
final class Stanzas {
  private Stanzas() {}

  static Element.Builder iq(String type, Jid from, Jid to) {
    return Element.of("iq", Namespaces.CLIENT)
        .set("type", type)
        .set("from", from.toString())
        .set("to", to.toString());
  }

  static Element.Builder result(Element request) {
    return answer(request, "result");
  }

  static Element error(Element request, Refusal refusal) {
    return answer(request, "error").add(refusal.toElement()).build();
  }

  private static Element.Builder answer(Element request, String type) {
    return Element.of("iq", Namespaces.CLIENT)
        .set("type", type)
        .set("id", request.attribute("id"))
        .set("from", request.attribute("to"))
        .set("to", request.attribute("from"));
  }

  static boolean isRequest(Element iq) {
    return iq.attribute("type").equals("get") || iq.attribute("type").equals("set");
  }

  /**
   * The name of the defined condition of a stanza of type error, or {@code undefined-condition}.
   */
  static String condition(Element stanza) {
    return stanza
        .child("error", Namespaces.CLIENT)
        .flatMap(
            error ->
                error
                    .children()
                    .filter(child -> child.namespace().equals(Namespaces.STANZAS))
                    .filter(child -> !child.name().equals("text"))
                    .map(Element::name)
                    .findFirst())
        .orElse("undefined-condition");
  }
}
