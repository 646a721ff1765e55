package org.meetjar.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.Element;

/** Where stanzas go, RFC 6120 section 10 and RFC 6121 sections 4.6 and 8. */
class RoutingTest {
  private final TestHub hub = new TestHub();
  private final Jid server = Jid.of(TestHub.DOMAIN);

  private static Element ping() {
    return Element.of("ping", "urn:xmpp:ping").build();
  }

  private static String condition(Element error) {
    assertThat(error.attribute("type")).isEqualTo("error");
    return error.child("error", "jabber:client").orElseThrow().firstChild().orElseThrow().name();
  }

  @Test
  void theServerAnswersPings() {
    Element answer = hub.guest().request("get", server, ping());

    assertThat(answer.attribute("type")).isEqualTo("result");
    assertThat(answer.attribute("from")).isEqualTo("meet.example");
  }

  @Test
  void theServerTellsOfTheServicesThatExist() {
    hub.hub().disco().addService("polls", Jid.of("polls.meet.example"));
    hub.hub().disco().addItem(Jid.of("conference.meet.example"));
    TestClient guest = hub.guest();
    Element info =
        guest
            .request("get", server, Element.of("query", ServerDisco.INFO).build())
            .firstChild()
            .orElseThrow();
    Element items =
        guest
            .request("get", server, Element.of("query", ServerDisco.ITEMS).build())
            .firstChild()
            .orElseThrow();

    assertThat(info.children("identity", ServerDisco.INFO))
        .extracting(i -> i.attribute("category") + " " + i.attribute("type"))
        .containsExactly("server im", "component polls");
    assertThat(info.children("feature", ServerDisco.INFO).map(f -> f.attribute("var")))
        .contains("urn:xmpp:ping", "urn:xmpp:extdisco:2");
    assertThat(items.children("item", ServerDisco.ITEMS).map(i -> i.attribute("jid")))
        .containsExactly("conference.meet.example");
  }

  @Test
  void externalServicesMayBeNone() {
    for (int version = 1; version <= 2; version++) {
      Element answer =
          hub.guest()
              .request(
                  "get", server, Element.of("services", "urn:xmpp:extdisco:" + version).build());
      assertThat(answer.attribute("type")).isEqualTo("result");
      assertThat(answer.firstChild().orElseThrow().content()).isEmpty();
    }
  }

  @Test
  void everyRequestIsAnsweredOnce() {
    TestClient guest = hub.guest();
    for (String to :
        List.of(
            "meet.example",
            "nobody@meet.example",
            "nobody@meet.example/x",
            "meet.example/x",
            "elsewhere.example",
            "a@elsewhere.example/b")) {
      Element answer = guest.request("get", Jid.of(to), Element.of("query", "urn:unknown").build());
      assertThat(condition(answer)).isEqualTo("service-unavailable");
      assertThat(answer.attribute("from")).isEqualTo(to);
      guest.expectNothing();
    }
  }

  @Test
  void answersToNobodyVanish() {
    TestClient guest = hub.guest();
    guest.send("<iq type='result' id='1' to='meet.example'/>");
    guest.send("<iq type='error' id='2' to='nobody@meet.example/x'/>");
    guest.send("<message to='nobody@meet.example'/>");
    guest.send("<presence to='nobody@meet.example'/>");

    guest.expectNothing();
  }

  @Test
  void aRequestWithoutReceiverIsForTheOwnAccount() {
    TestClient guest = hub.guest();
    Element answer =
        guest.request(Element.of("iq", "jabber:client").set("type", "get").add(ping()).build());

    assertThat(answer.attribute("type")).isEqualTo("result");
  }

  @Test
  void malformedRequestsAreAnsweredAsSuch() {
    TestClient guest = hub.guest();
    guest.send("<iq type='get' id='1' to='meet.example'/>");
    assertThat(condition(guest.take("iq"))).isEqualTo("bad-request");
    guest.send("<iq type='fetch' id='2' to='meet.example'><a xmlns='b'/></iq>");
    assertThat(condition(guest.take("iq"))).isEqualTo("bad-request");
    guest.send("<iq type='get' id='3' to='meet.example'><a xmlns='b'/><a xmlns='b'/></iq>");
    assertThat(condition(guest.take("iq"))).isEqualTo("bad-request");
    guest.send("<message to='@@@'/>");
    assertThat(condition(guest.take("message"))).isEqualTo("jid-malformed");
  }

  @Test
  void theMostSpecificRegistrationWins() {
    List<String> heard = new ArrayList<>();
    hub.router().registerDomains(d -> d.startsWith("conference."), s -> heard.add("family"));
    hub.router().register(Jid.of("conference.x"), s -> heard.add("domain"));
    hub.router().register(Jid.of("a@conference.x"), s -> heard.add("bare"));
    hub.router().register(Jid.of("a@conference.x/f"), s -> heard.add("full"));
    TestClient guest = hub.guest();
    for (String to :
        List.of("a@conference.x/f", "a@conference.x/g", "b@conference.x/f", "r@conference.y/n")) {
      guest.send("<message to='" + to + "'/>");
    }

    assertThat(heard).containsExactly("full", "bare", "domain", "family");
  }

  @Test
  void noComponentIsCalledFromInsideAnother() {
    List<String> log = new ArrayList<>();
    Jid a = Jid.of("a.meet.example");
    Jid b = Jid.of("b.meet.example");
    hub.router()
        .register(
            a,
            stanza -> {
              log.add("a begins");
              hub.router().route(stanza.with("from", a.toString()).with("to", b.toString()));
              hub.router().route(stanza.with("from", a.toString()).with("to", b.toString()));
              log.add("a ends");
            });
    hub.router().register(b, stanza -> log.add("b"));
    hub.guest().send("<message to='a.meet.example'/>");

    assertThat(log).containsExactly("a begins", "a ends", "b", "b");
  }

  @Test
  void aComponentThatFailsHarmsNobody() {
    hub.router()
        .register(
            Jid.of("broken.meet.example"),
            stanza -> {
              throw new IllegalStateException("broken");
            });
    TestClient guest = hub.guest();

    assertThat(condition(guest.request("get", Jid.of("broken.meet.example"), ping())))
        .isEqualTo("internal-server-error");
    assertThat(guest.request("get", server, ping()).attribute("type")).isEqualTo("result");
  }

  @Test
  void aBroadcastReachesClientsAndComponentsAlike() {
    List<Element> component = new ArrayList<>();
    Jid focus = Jid.of("focus@auth.meet.example/focus");
    hub.router().register(focus, component::add);
    TestClient alice = hub.guest();
    TestClient bob = hub.guest();
    Element message =
        Element.of("message", "jabber:client")
            .set("from", "r@conference.meet.example/\"<&>\"")
            .textChild("body", "hello")
            .build();
    hub.router().broadcast(message, List.of(alice.jid(), bob.jid(), focus));
    hub.loop().run();

    assertThat(alice.take("message")).isEqualTo(message.with("to", alice.jid().toString()));
    assertThat(bob.take("message")).isEqualTo(message.with("to", bob.jid().toString()));
    assertThat(component).containsExactly(message.with("to", focus.toString()));
  }

  @Test
  void theEndOfASessionIsToldWhereItHadAnnouncedItself() {
    List<Element> rooms = new ArrayList<>();
    hub.router().register(Jid.of("conference.meet.example"), rooms::add);
    TestClient guest = hub.guest();
    guest.send("<presence to='stays@conference.meet.example/n'/>");
    guest.send("<presence to='leaves@conference.meet.example/n'/>");
    guest.send("<presence to='leaves@conference.meet.example/n' type='unavailable'/>");
    guest.send("<presence to='refused@conference.meet.example/n'/>");
    hub.router().route(StanzaError.NOT_ALLOWED.reply(rooms.get(rooms.size() - 1)));
    rooms.clear();
    guest.close();

    assertThat(rooms).hasSize(1);
    assertThat(rooms.get(0).attribute("to")).isEqualTo("stays@conference.meet.example/n");
    assertThat(rooms.get(0).attribute("type")).isEqualTo("unavailable");
  }

  @Test
  void undirectedUnavailabilityIsToldToo() {
    List<Element> rooms = new ArrayList<>();
    hub.router().register(Jid.of("conference.meet.example"), rooms::add);
    TestClient guest = hub.guest();
    guest.send("<presence to='r@conference.meet.example/n'/>");
    guest.send("<presence type='unavailable'><status>bye</status></presence>");

    assertThat(rooms.get(1).attribute("to")).isEqualTo("r@conference.meet.example/n");
    assertThat(rooms.get(1).childText("status", "jabber:client")).isEqualTo("bye");
  }

  @Test
  void aClientAnnouncesItselfOnlyToSoMany() {
    TestClient guest = hub.guest();
    int limit = TestHub.settings().limits().directedPresences();
    for (int i = 0; i < limit; i++) {
      guest.send("<presence to='r" + i + "@conference.meet.example/n'/>");
    }
    guest.expectNothing();
    guest.send("<presence to='more@conference.meet.example/n'/>");

    assertThat(condition(guest.take("presence"))).isEqualTo("resource-constraint");
  }
}
