package org.meetjar.focus;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.meetjar.config.Policy;
import org.meetjar.config.Settings;
import org.meetjar.loop.ManualLoop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;

/**
 * A focus on a loop of the test's, with a room service that does what a focus needs of one, and
 * clients that record what they get.
 */
final class FocusHarness implements Router {
  static final String ROOM = "tea@conference.meet.test";
  static final String FOCUS_USER = "focus@auth.meet.test/focus";

  final ManualLoop loop = new ManualLoop();
  final FakeColibri colibri = new FakeColibri();
  final Focus focus;

  /** What was sent to addresses outside of rooms. */
  final List<Element> outside = new ArrayList<>();

  /** Presence of the focus, in order. */
  final List<Element> focusPresence = new ArrayList<>();

  /** May change at any time. */
  Policy policy;

  /** When false, rooms don't answer. */
  boolean roomsWork = true;

  private final Map<Jid, Component> components = new LinkedHashMap<>();
  private final Map<String, FakeClient> occupants = new LinkedHashMap<>();
  private boolean focusInRoom;
  private int id;

  FocusHarness(Policy policy) {
    this(policy, "");
  }

  FocusHarness(Policy policy, String settings) {
    this.policy = policy;
    focus =
        new Focus(
            "meet.test",
            Settings.from(ConfigFactory.parseString(settings).withFallback(Settings.defaults()))
                .focus(),
            () -> this.policy,
            loop,
            this,
            colibri,
            "test");
    focus.start();
    loop.run();
  }

  boolean isFocusInRoom() {
    return focusInRoom;
  }

  /** Sends a conference request and returns the answer. */
  Element request(String from, String attributes) {
    return ask(
        from,
        "focus.meet.test",
        TestXml.of(
            "<conference xmlns='"
                + Namespaces.FOCUS
                + "' room='"
                + ROOM
                + "' "
                + attributes
                + "/>"));
  }

  /** Sends an IQ set from outside of rooms and returns the answer. */
  Element ask(String from, String to, Element payload) {
    outside.clear();
    deliver(
        Element.of("iq", "jabber:client")
            .set("type", payload.name().equals("login-url") ? "get" : "set")
            .set("id", "q" + id++)
            .set("from", from)
            .set("to", to)
            .add(payload)
            .build());
    loop.run();
    return outside.isEmpty() ? null : outside.get(outside.size() - 1);
  }

  /** An anonymous participant who asks for the conference and joins the room. */
  FakeClient join(String nick) {
    FakeClient client = new FakeClient(this, nick, nick + "-0000@meet.test/r");
    request(client.jid, "machine-uid='m'");
    client.enter();
    return client;
  }

  void deliver(Element stanza) {
    Jid to = Jid.of(stanza.attribute("to"));
    Component component = components.get(to);
    if (component == null) {
      component = components.get(to.bare());
    }
    component.receive(stanza);
  }

  void advance(Duration time) {
    loop.advance(time);
  }

  @Override
  public void register(Jid address, Component component) {
    components.put(address, component);
  }

  @Override
  public void registerDomains(Predicate<String> domains, Component component) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unregister(Jid address) {
    components.remove(address);
  }

  @Override
  public void route(Element stanza) {
    Jid to = Jid.of(stanza.attribute("to"));
    if (!to.bare().toString().equals(ROOM)) {
      outside.add(stanza);
    } else if (to.resource().equals("focus")) {
      routeFocusPresence(stanza);
    } else if (to.isBare()) {
      administer(stanza);
    } else if (occupants.containsKey(to.resource())) {
      occupants.get(to.resource()).receive(stanza.with("from", ROOM + "/focus"));
    } else if (stanza.attribute("type").equals("set") || stanza.attribute("type").equals("get")) {
      deliver(Stanzas.error(stanza, Refusal.itemNotFound("")));
    }
  }

  private void routeFocusPresence(Element presence) {
    if (presence.attribute("type").equals("unavailable")) {
      focusInRoom = false;
      return;
    }
    focusPresence.add(presence);
    if (!focusInRoom && roomsWork) {
      focusInRoom = true;
      occupants.values().forEach(FakeClient::showPresence);
      deliver(
          TestXml.of(
              "<presence xmlns='jabber:client' from='"
                  + ROOM
                  + "/focus' to='"
                  + FOCUS_USER
                  + "'><x xmlns='http://jabber.org/protocol/muc#user'>"
                  + "<item affiliation='owner' role='moderator' jid='"
                  + FOCUS_USER
                  + "'/><status code='110'/></x></presence>"));
    }
  }

  private void administer(Element iq) {
    iq.child("query", Namespaces.MUC_ADMIN)
        .flatMap(query -> query.child("item", Namespaces.MUC_ADMIN))
        .ifPresent(
            item ->
                occupants.values().stream()
                    .filter(client -> client.jid.startsWith(item.attribute("jid") + "/"))
                    .forEach(client -> client.become(item.attribute("affiliation"))));
    deliver(Stanzas.result(iq).build());
  }

  void enter(FakeClient client) {
    occupants.put(client.nick, client);
    if (focusInRoom) {
      client.showPresence();
    }
    loop.run();
  }

  void leave(FakeClient client, String status) {
    occupants.remove(client.nick);
    deliver(
        TestXml.of(
            "<presence xmlns='jabber:client' type='unavailable' from='"
                + ROOM
                + "/"
                + client.nick
                + "' to='"
                + FOCUS_USER
                + "'>"
                + status
                + "<x xmlns='http://jabber.org/protocol/muc#user'>"
                + "<item affiliation='none' role='none' jid='"
                + client.jid
                + "'/></x></presence>"));
    loop.run();
  }

  String nextId() {
    return "c" + id++;
  }
}
