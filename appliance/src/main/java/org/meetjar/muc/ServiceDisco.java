package org.meetjar.muc;

import org.meetjar.xml.Element;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Router;
import org.meetjar.xmpp.StanzaError;

/** Answers requests to the room service itself. Rooms are not listed: a room's name is its key. */
final class ServiceDisco {

  void receive(Element stanza, Router router) throws Refusal {
    if (!Iq.isRequest(stanza)) {
      return;
    }
    Element payload = stanza.firstChild().orElse(stanza);
    if (Iq.isGet(stanza) && payload.is("query", Ns.DISCO_INFO)) {
      router.route(Iq.result(stanza, info()));
    } else if (Iq.isGet(stanza) && payload.is("query", Ns.DISCO_ITEMS)) {
      router.route(Iq.result(stanza, Element.of("query", Ns.DISCO_ITEMS).build()));
    } else if (Iq.isGet(stanza) && payload.is("ping", Ns.PING)) {
      router.route(Iq.result(stanza));
    } else {
      throw new Refusal(StanzaError.SERVICE_UNAVAILABLE, "");
    }
  }

  private static Element info() {
    Element.Builder query = Element.of("query", Ns.DISCO_INFO);
    query.add(
        Element.of("identity", Ns.DISCO_INFO)
            .set("category", "conference")
            .set("type", "text")
            .set("name", "Meeting rooms"));
    for (String feature : new String[] {Ns.DISCO_INFO, Ns.DISCO_ITEMS, Ns.MUC, Ns.PING}) {
      query.add(Element.of("feature", Ns.DISCO_INFO).set("var", feature));
    }
    return query.build();
  }
}
