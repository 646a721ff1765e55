package org.meetjar.xmpp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.meetjar.xml.Element;

/**
 * What the server says of itself (XEP-0030): clients find the room services here and trust what
 * comes from them. Services enter themselves before the first client comes. Owned by the signalling
 * loop.
 */
public final class ServerDisco {
  static final String INFO = "http://jabber.org/protocol/disco#info";
  static final String ITEMS = "http://jabber.org/protocol/disco#items";

  private record Identity(String category, String type, String name) {}

  private final List<Identity> identities = new ArrayList<>();
  private final Set<String> features = new LinkedHashSet<>();
  private final Set<Jid> items = new LinkedHashSet<>();

  ServerDisco() {
    identities.add(new Identity("server", "im", "Meetjar"));
    features.add(INFO);
    features.add(ITEMS);
  }

  /**
   * Tells clients of a room service.
   *
   * @param type as clients know it: {@code av_moderation}, {@code lobbyrooms}, {@code polls} …
   * @param address where they send to, and what comes from where they trust
   */
  public void addService(String type, Jid address) {
    addIdentity("component", type, address.toString());
  }

  public void addIdentity(String category, String type, String name) {
    identities.add(new Identity(category, type, name));
  }

  public void addFeature(String feature) {
    features.add(feature);
  }

  /** Adds an entity of the server to its items, such as the domain of the rooms. */
  public void addItem(Jid item) {
    items.add(item);
  }

  Element info() {
    Element.Builder query = Element.of("query", INFO);
    for (Identity identity : identities) {
      query.add(
          Element.of("identity", INFO)
              .set("category", identity.category())
              .set("type", identity.type())
              .set("name", identity.name()));
    }
    features.forEach(feature -> query.add(Element.of("feature", INFO).set("var", feature)));
    return query.build();
  }

  Element items() {
    Element.Builder query = Element.of("query", ITEMS);
    items.forEach(item -> query.add(Element.of("item", ITEMS).set("jid", item.toString())));
    return query.build();
  }
}
