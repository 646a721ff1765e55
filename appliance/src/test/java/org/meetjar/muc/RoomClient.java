package org.meetjar.muc;

import java.util.List;
import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** A client session at the other side of the router. */
final class RoomClient {
  private final RecordingRouter router;
  private final Jid jid;
  private int nextId;

  RoomClient(RecordingRouter router, String jid) {
    this.router = router;
    this.jid = Jid.of(jid);
  }

  Jid jid() {
    return jid;
  }

  String bare() {
    return jid.bare().toString();
  }

  /** What arrived since the last call. */
  List<Element> take() {
    return router.take(jid);
  }

  void forget() {
    take();
  }

  /** The only stanza that arrived since the last call. */
  Element takeOne() {
    List<Element> all = take();
    if (all.size() != 1) {
      throw new AssertionError("expected one stanza, got " + all);
    }
    return all.get(0);
  }

  void send(Element.Builder stanza) {
    router.route(stanza.set("from", jid.toString()).build());
  }

  static Element.Builder presence(String to) {
    return Element.of("presence", Ns.CLIENT).set("to", to);
  }

  static Element.Builder muc() {
    return Element.of("x", Ns.MUC);
  }

  static Element.Builder password(String password) {
    return muc().textChild("password", password);
  }

  void join(String occupant, Element... extensions) {
    join(occupant, muc(), extensions);
  }

  void join(String occupant, Element.Builder x, Element... extensions) {
    send(presence(occupant).add(x).addAll(List.of(extensions)));
  }

  /** Joins, and forgets what came for it. */
  RoomClient in(String occupant, Element... extensions) {
    join(occupant, extensions);
    forget();
    return this;
  }

  void leave(String occupant) {
    send(presence(occupant).set("type", "unavailable"));
  }

  void say(String room, String id, String body) {
    send(groupchat(room, id).textChild("body", body));
  }

  static Element.Builder groupchat(String room, String id) {
    return Element.of("message", Ns.CLIENT).set("to", room).set("type", "groupchat").set("id", id);
  }

  static Element.Builder chat(String occupant, String id) {
    return Element.of("message", Ns.CLIENT).set("to", occupant).set("type", "chat").set("id", id);
  }

  /** Sends a request and takes its answer out of what arrived; the rest is forgotten. */
  Element request(String type, String to, Element.Builder payload) {
    String id = "q" + nextId++;
    send(Element.of("iq", Ns.CLIENT).set("to", to).set("type", type).set("id", id).add(payload));
    return take().stream()
        .filter(stanza -> stanza.name().equals("iq") && stanza.attribute("id").equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no answer"));
  }

  Element admin(String room, Element.Builder... items) {
    Element.Builder query = Element.of("query", Ns.MUC_ADMIN);
    for (Element.Builder item : items) {
      query.add(item);
    }
    return request("set", room, query);
  }

  static Element.Builder item() {
    return Element.of("item", Ns.MUC_ADMIN);
  }

  static Element.Builder roleItem(String nick, String role) {
    return item().set("nick", nick).set("role", role);
  }

  static Element.Builder affiliationItem(String jid, String affiliation) {
    return item().set("jid", jid).set("affiliation", affiliation);
  }

  /** Submits the owner form with pairs of name and value. */
  Element configure(String room, String... fields) {
    Element.Builder x = Element.of("x", Ns.DATA).set("type", "submit");
    x.add(field("FORM_TYPE", Ns.ROOM_CONFIG));
    for (int i = 0; i < fields.length; i += 2) {
      x.add(field(fields[i], fields[i + 1]));
    }
    return request("set", room, Element.of("query", Ns.MUC_OWNER).add(x));
  }

  private static Element.Builder field(String var, String value) {
    return Element.of("field", Ns.DATA).set("var", var).textChild("value", value);
  }

  /** The condition of an error stanza, as {@code type/condition}. */
  static String error(Element stanza) {
    if (!stanza.attribute("type").equals("error")) {
      throw new AssertionError("not an error: " + stanza);
    }
    Element error = stanza.child("error", Ns.CLIENT).orElseThrow();
    return error.attribute("type") + "/" + error.firstChild().orElseThrow().name();
  }

  static String errorText(Element stanza) {
    return stanza
        .child("error", Ns.CLIENT)
        .orElseThrow()
        .childText("text", "urn:ietf:params:xml:ns:xmpp-stanzas");
  }

  /** The {@code muc#user} extension, which must be the first {@code x}. */
  static Element user(Element presence) {
    Element x =
        presence.children().filter(child -> child.name().equals("x")).findFirst().orElseThrow();
    if (!x.namespace().equals(Ns.MUC_USER)) {
      throw new AssertionError("the first x is " + x);
    }
    return x;
  }

  static Element item(Element presence) {
    return user(presence).child("item", Ns.MUC_USER).orElseThrow();
  }

  static List<String> statuses(Element presence) {
    return user(presence)
        .children("status", Ns.MUC_USER)
        .map(status -> status.attribute("code"))
        .toList();
  }

  static Optional<Element> from(List<Element> stanzas, String from) {
    return stanzas.stream().filter(stanza -> stanza.attribute("from").equals(from)).findFirst();
  }
}
