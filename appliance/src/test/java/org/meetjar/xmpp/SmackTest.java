package org.meetjar.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.c2s.ModularXmppClientToServerConnection;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.iqversion.VersionManager;
import org.jivesoftware.smackx.ping.PingManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;
import org.meetjar.smack.SmackServer;

/** The hub with Smack, which others wrote, as its client over real WebSockets. */
@Timeout(120)
class SmackTest {
  private static SmackServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new SmackServer();
    server.onLoop(
        () -> {
          server.hub().disco().addService("polls", Jid.of("polls.localhost"));
          return null;
        });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aGuestSignsInPingsAndDiscovers() throws Exception {
    ModularXmppClientToServerConnection guest = server.guest();

    assertThat(guest.getUser().toString()).matches("[0-9a-f]{8}-[0-9a-f-]{27}@localhost/.+");
    assertThat(PingManager.getInstanceFor(guest).pingMyServer()).isTrue();
    DiscoverInfo info =
        ServiceDiscoveryManager.getInstanceFor(guest).discoverInfo(guest.getXMPPServiceDomain());
    assertThat(info.containsFeature("urn:xmpp:extdisco:2")).isTrue();
    assertThat(info.hasIdentity("component", "polls")).isTrue();
    guest.disconnect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-1", "PLAIN"})
  void anAccountSignsIn(String mechanism) throws Exception {
    ModularXmppClientToServerConnection alice = server.alice(mechanism, "secret");

    assertThat(alice.getUser().asBareJid().toString()).isEqualTo("alice@localhost");
    assertThat(alice.getUsedSaslMechansism()).isEqualTo(mechanism);
    Jid full = Jid.of(alice.getUser().toString());
    assertThat(server.onLoop(() -> server.hub().hasAccount(full))).isTrue();
    alice.disconnect();
  }

  @Test
  void aWrongPasswordIsNotAuthorized() {
    assertThatThrownBy(() -> server.alice("SCRAM-SHA-1", "guess"))
        .hasStackTraceContaining("not-authorized");
  }

  @Test
  void whatTheServerDoesNotKnowItRefuses() throws Exception {
    ModularXmppClientToServerConnection guest = server.guest();

    assertThatThrownBy(
            () ->
                VersionManager.getInstanceFor(guest)
                    .getVersion(JidCreate.from("nobody@localhost/x")))
        .isInstanceOfSatisfying(
            XMPPException.XMPPErrorException.class,
            e ->
                assertThat(e.getStanzaError().getCondition())
                    .isEqualTo(Condition.service_unavailable));
    guest.disconnect();
  }

  @Test
  void twoGuestsTalk() throws Exception {
    ModularXmppClientToServerConnection alice = server.guest();
    ModularXmppClientToServerConnection bob = server.guest();
    BlockingQueue<Message> heard = new ArrayBlockingQueue<>(10);
    bob.addAsyncStanzaListener(
        stanza -> heard.add((Message) stanza), MessageWithBodiesFilter.INSTANCE);
    alice.sendStanza(
        StanzaBuilder.buildMessage().to(bob.getUser()).setBody("ähm <&> \uD83D\uDE00").build());

    Message message = heard.poll(30, TimeUnit.SECONDS);
    assertThat(message.getBody()).isEqualTo("ähm <&> \uD83D\uDE00");
    assertThat(message.getFrom().toString()).isEqualTo(alice.getUser().toString());
    alice.disconnect();
    bob.disconnect();
  }
}
