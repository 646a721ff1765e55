package org.meetjar.xmpp;

import java.util.Optional;
import org.meetjar.xml.Element;

/** The server itself, at the domains where clients sign in: ping, discovery, external services. */
final class ServerComponent implements Component {
  private static final String PING = "urn:xmpp:ping";
  private static final String EXTERNAL = "urn:xmpp:extdisco:";

  private final Router router;
  private final ServerDisco disco;
  private final ExternalServices external;

  ServerComponent(Router router, ServerDisco disco, ExternalServices external) {
    this.router = router;
    this.disco = disco;
    this.external = external;
    disco.addFeature(PING);
    disco.addFeature(EXTERNAL + 1);
    disco.addFeature(EXTERNAL + 2);
  }

  @Override
  public void receive(Element stanza) {
    if (Iq.isRequest(stanza)) {
      router.route(answer(stanza, Stanza.to(stanza).orElseThrow()));
    }
  }

  private Element answer(Element iq, Jid to) {
    Jid from = Stanza.from(iq).orElseThrow();
    Element payload = iq.firstChild().orElse(iq);
    boolean get = iq.attribute("type").equals("get");
    boolean ping = get && payload.is("ping", PING);
    if (to.isBare() && from.bare().equals(to)) {
      return ping ? Iq.result(iq) : forAccount(iq, payload, get);
    }
    if (!to.node().isEmpty() || !to.isBare() || !get) {
      return StanzaError.SERVICE_UNAVAILABLE.reply(iq);
    }
    if (ping) {
      return Iq.result(iq);
    }
    if (payload.is("query", ServerDisco.INFO) || payload.is("query", ServerDisco.ITEMS)) {
      return discovery(iq, payload);
    }
    if (payload.namespace().equals(EXTERNAL + 1) || payload.namespace().equals(EXTERNAL + 2)) {
      return externalServices(payload, from)
          .map(services -> Iq.result(iq, services))
          .orElseGet(() -> StanzaError.ITEM_NOT_FOUND.reply(iq));
    }
    return StanzaError.SERVICE_UNAVAILABLE.reply(iq);
  }

  private Element discovery(Element iq, Element query) {
    if (query.has("node")) {
      return StanzaError.ITEM_NOT_FOUND.reply(iq);
    }
    return Iq.result(iq, query.is("query", ServerDisco.INFO) ? disco.info() : disco.items());
  }

  /** A client asks about its own account. */
  private static Element forAccount(Element iq, Element payload, boolean get) {
    if (get && payload.is("query", ServerDisco.INFO)) {
      return Iq.result(
          iq,
          Element.of("query", ServerDisco.INFO)
              .add(
                  Element.of("identity", ServerDisco.INFO)
                      .set("category", "account")
                      .set("type", "registered"))
              .add(Element.of("feature", ServerDisco.INFO).set("var", ServerDisco.INFO))
              .build());
    }
    return StanzaError.SERVICE_UNAVAILABLE.reply(iq);
  }

  private Optional<Element> externalServices(Element asked, Jid client) {
    boolean credentials = asked.name().equals("credentials");
    Optional<Element> wanted = asked.child("service", asked.namespace());
    if (!credentials && !asked.name().equals("services")) {
      return Optional.empty();
    }
    Element.Builder list = Element.of(asked.name(), asked.namespace());
    boolean any = false;
    for (ExternalService service : external.servicesFor(client)) {
      if (credentials
          ? wanted.filter(w -> matches(w, service)).isEmpty()
          : !typed(asked, service)) {
        continue;
      }
      list.add(describe(service, asked.namespace()));
      any = true;
    }
    return any || !credentials ? Optional.of(list.build()) : Optional.empty();
  }

  private static boolean typed(Element asked, ExternalService service) {
    return !asked.has("type") || asked.attribute("type").equals(service.type());
  }

  private static boolean matches(Element wanted, ExternalService service) {
    return wanted.attribute("host").equals(service.host()) && typed(wanted, service);
  }

  private static Element.Builder describe(ExternalService service, String namespace) {
    Element.Builder element =
        Element.of("service", namespace)
            .set("type", service.type())
            .set("host", service.host())
            .set("port", service.port())
            .set("transport", service.transport());
    service
        .credentials()
        .ifPresent(
            credentials -> {
              element
                  .set("restricted", "1")
                  .set("username", credentials.username())
                  .set("password", credentials.password());
              if (!credentials.expires().isEmpty()) {
                element.set("expires", credentials.expires());
              }
            });
    return element;
  }
}
