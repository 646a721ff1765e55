package org.meetjar.muc;

import org.meetjar.xml.Element;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.StanzaError;

/** Answers the requests that every small service gets. */
final class ServiceIq {
  private ServiceIq() {}

  /**
   * The answer.
   *
   * @param type the service's identity type
   */
  static Element answer(Element request, String type) {
    Element payload = request.firstChild().orElse(request);
    if (Iq.isGet(request) && payload.is("query", Ns.DISCO_INFO)) {
      Element.Builder query = Element.of("query", Ns.DISCO_INFO);
      query.add(
          Element.of("identity", Ns.DISCO_INFO).set("category", "component").set("type", type));
      query.add(Element.of("feature", Ns.DISCO_INFO).set("var", Ns.DISCO_INFO));
      return Iq.result(request, query.build());
    } else if (Iq.isGet(request) && payload.is("ping", Ns.PING)) {
      return Iq.result(request);
    }
    return StanzaError.SERVICE_UNAVAILABLE.reply(request);
  }
}
