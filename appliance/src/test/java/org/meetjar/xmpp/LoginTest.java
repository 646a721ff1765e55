package org.meetjar.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.meetjar.config.Policy;
import org.meetjar.loop.ManualLoop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.sasl.ScramVerifier;

/** Who gets in, and how, under each policy. */
class LoginTest {
  private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  private static final Accounts ALICE =
      (username, hash) ->
          username.equals("alice")
              ? Optional.of(ScramVerifier.of(hash, "secret", new byte[] {1, 2, 3, 4}, 100))
              : Optional.empty();

  private static List<String> mechanisms(Element features) {
    return features
        .child("mechanisms", SASL)
        .orElseThrow()
        .children("mechanism", SASL)
        .map(Element::text)
        .toList();
  }

  private static TestClient local(TestHub hub) {
    return hub.connect("127.0.0.1", Map.of());
  }

  private static Element plain(TestClient client, String username, String password) {
    client.send(
        Element.of("auth", SASL)
            .set("mechanism", "PLAIN")
            .text(
                Base64.getEncoder()
                    .encodeToString(("\0" + username + "\0" + password).getBytes(UTF_8))));
    return client.take(e -> e.namespace().equals(SASL));
  }

  private static String condition(Element failure) {
    assertThat(failure.name()).isEqualTo("failure");
    return failure.firstChild().orElseThrow().name();
  }

  @Test
  void everybodyGetsIntoAnOpenServer() {
    TestHub hub = new TestHub(Policy.OPEN, ALICE);

    assertThat(mechanisms(hub.connect().open(TestHub.DOMAIN)))
        .containsExactly("SCRAM-SHA-256", "SCRAM-SHA-1", "ANONYMOUS");
    assertThat(hub.hub().hasAccount(hub.guest().jid())).isFalse();
  }

  @Test
  void anotherPolicyHoldsForTheNextClientAndLeavesThoseWhoAreIn() {
    AtomicReference<Policy> policy = new AtomicReference<>(Policy.OPEN);
    TestHub hub = new TestHub(policy::get, ALICE);
    TestClient early = hub.guest();

    policy.set(Policy.HOSTS);

    assertThat(mechanisms(hub.connect().open(TestHub.DOMAIN))).doesNotContain("ANONYMOUS");
    TestClient guest = hub.connect().login("guest.meet.example");
    for (TestClient in : List.of(early, guest)) {
      assertThat(
              in.request("get", Jid.of("meet.example"), Element.of("ping", "urn:xmpp:ping").build())
                  .attribute("type"))
          .isEqualTo("result");
    }
  }

  @Test
  void guestsHaveADomainOfTheirOwnWhereHostsSignIn() {
    TestHub hub = new TestHub(Policy.HOSTS, ALICE);

    assertThat(mechanisms(hub.connect().open(TestHub.DOMAIN))).doesNotContain("ANONYMOUS");
    assertThat(mechanisms(hub.connect().open("guest.meet.example"))).containsExactly("ANONYMOUS");
    TestClient guest = hub.connect().login("guest.meet.example");
    assertThat(guest.jid().domain()).isEqualTo("guest.meet.example");
    assertThat(
            guest
                .request("get", Jid.of("meet.example"), Element.of("ping", "urn:xmpp:ping").build())
                .attribute("type"))
        .isEqualTo("result");
  }

  @Test
  void onlyMembersGetIntoAMembersServer() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);

    assertThat(mechanisms(hub.connect().open(TestHub.DOMAIN)))
        .containsExactly("SCRAM-SHA-256", "SCRAM-SHA-1");
    TestClient guest = hub.connect();
    guest.sendRaw(
        "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='guest.meet.example'"
            + " version='1.0'/>");
    assertThat(guest.takeStreamError()).isEqualTo("host-unknown");
  }

  @Test
  void nobodySignsInWhereServicesLive() {
    TestHub hub = new TestHub();
    for (String domain : List.of("auth.meet.example", "conference.meet.example", "", "a@b/c")) {
      TestClient client = hub.connect();
      client.sendRaw(
          "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='%s' version='1.0'/>"
              .formatted(domain));
      assertThat(client.takeStreamError()).isEqualTo("host-unknown");
    }
  }

  @Test
  void aPasswordTravelsOnlyWhereNobodyReadsAlong() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);

    assertThat(mechanisms(hub.connect().open(TestHub.DOMAIN))).doesNotContain("PLAIN");
    assertThat(mechanisms(local(hub).open(TestHub.DOMAIN))).contains("PLAIN");
  }

  @Test
  void anAccountSignsInWithItsPassword() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);
    TestClient alice = local(hub);
    alice.open(TestHub.DOMAIN);

    assertThat(plain(alice, "Alice", "secret").name()).isEqualTo("success");
    alice.open(TestHub.DOMAIN);
    alice.bind();
    assertThat(alice.jid().bare()).isEqualTo(Jid.of("alice@meet.example"));
    assertThat(hub.hub().hasAccount(alice.jid())).isTrue();
  }

  @Test
  void wrongPasswordAndUnknownAccountFailAlike() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);
    TestClient client = local(hub);
    client.open(TestHub.DOMAIN);

    Element wrong = plain(client, "alice", "guess");
    Element unknown = plain(client, "bob", "guess");

    assertThat(condition(wrong)).isEqualTo("not-authorized");
    assertThat(unknown).isEqualTo(wrong);
  }

  @Test
  void theThirdFailureEndsTheStream() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);
    TestClient client = local(hub);
    client.open(TestHub.DOMAIN);
    plain(client, "alice", "1");
    plain(client, "alice", "2");
    plain(client, "alice", "3");

    assertThat(client.takeStreamError()).isEqualTo("policy-violation");
  }

  @Test
  void guessingTakesLongerAndLonger() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);
    for (int i = 0; i < 6; i++) {
      TestClient guesser = local(hub);
      guesser.open(TestHub.DOMAIN);
      plain(guesser, "alice", "guess" + i);
    }
    TestClient client = local(hub);
    client.open(TestHub.DOMAIN);

    assertThat(condition(plain(client, "alice", "secret"))).isEqualTo("temporary-auth-failure");
    client.advance(Duration.ofSeconds(2));
    assertThat(plain(client, "alice", "secret").name()).isEqualTo("success");
  }

  @Test
  void anAccountActsOnlyForItself() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);
    TestClient client = local(hub);
    client.open(TestHub.DOMAIN);
    client.send(
        Element.of("auth", SASL)
            .set("mechanism", "PLAIN")
            .text(
                Base64.getEncoder()
                    .encodeToString("focus@auth.meet.example\0alice\0secret".getBytes(UTF_8))));

    assertThat(condition(client.take("failure"))).isEqualTo("invalid-authzid");
  }

  @Test
  void whatIsNotOfferedIsNotTaken() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);
    TestClient client = hub.connect();
    client.open(TestHub.DOMAIN);
    client.send(Element.of("auth", SASL).set("mechanism", "ANONYMOUS"));

    assertThat(condition(client.take("failure"))).isEqualTo("invalid-mechanism");
  }

  @Test
  void garbageInALoginIsNamed() {
    TestHub hub = new TestHub(Policy.MEMBERS, ALICE);
    TestClient client = hub.connect();
    client.open(TestHub.DOMAIN);
    client.send(Element.of("auth", SASL).set("mechanism", "SCRAM-SHA-1").text("!!!"));
    assertThat(condition(client.take("failure"))).isEqualTo("incorrect-encoding");
    client.send(Element.of("auth", SASL).set("mechanism", "SCRAM-SHA-1").text("AAAA"));
    assertThat(condition(client.take("failure"))).isEqualTo("malformed-request");
  }

  @Test
  void aStoreThatFailsIsNotAWrongPassword() {
    TestHub hub =
        new TestHub(
            Policy.MEMBERS,
            (username, hash) -> {
              throw new IllegalStateException("disk");
            });
    TestClient client = local(hub);
    client.open(TestHub.DOMAIN);

    assertThat(condition(plain(client, "alice", "secret"))).isEqualTo("temporary-auth-failure");
  }

  @Test
  void aLoginRushIsToldToComeAgain() {
    ManualLoop loop = new ManualLoop();
    Hub hub =
        new Hub(
            loop,
            task -> {
              throw new RejectedExecutionException();
            },
            TestHub.settings().withPolicy(Policy.MEMBERS),
            TestHub.DOMAIN,
            ALICE,
            ExternalServices.NONE);
    TestClient client = new TestClient(hub, loop, "127.0.0.1", Map.of());
    client.open(TestHub.DOMAIN);

    assertThat(condition(plain(client, "alice", "secret"))).isEqualTo("temporary-auth-failure");
  }

  @Test
  void loginsLeaveWorkersForOthers() {
    ManualLoop loop = new ManualLoop();
    List<Runnable> waiting = new ArrayList<>();
    Hub hub =
        new Hub(
            loop,
            waiting::add,
            TestHub.settings().withPolicy(Policy.MEMBERS),
            TestHub.DOMAIN,
            ALICE,
            ExternalServices.NONE);
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      TestClient client = new TestClient(hub, loop, "127.0.0.1", Map.of());
      client.open(TestHub.DOMAIN);
      client.send(
          Element.of("auth", SASL)
              .set("mechanism", "PLAIN")
              .text(Base64.getEncoder().encodeToString("\0alice\0secret".getBytes(UTF_8))));
      clients.add(client);
    }
    assertThat(waiting).hasSize(64);
    waiting.forEach(Runnable::run);

    assertThat(clients.get(0).take("success")).isNotNull();
    assertThat(condition(clients.get(79).take("failure"))).isEqualTo("temporary-auth-failure");
  }

  @Test
  void whoTakesTooLongHasToGo() {
    TestClient client = new TestHub().connect();
    client.open(TestHub.DOMAIN);
    client.advance(Duration.ofSeconds(31));

    assertThat(client.takeStreamError()).isEqualTo("connection-timeout");
  }

  @Test
  void nothingIsSentBeforeLogin() {
    TestClient client = new TestHub().connect();
    client.open(TestHub.DOMAIN);
    client.send("<message to='meet.example'/>");

    assertThat(client.takeStreamError()).isEqualTo("not-authorized");
  }
}
