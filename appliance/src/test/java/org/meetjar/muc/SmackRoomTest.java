package org.meetjar.muc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.c2s.ModularXmppClientToServerConnection;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.muc.UserStatusListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.meetjar.Await;
import org.meetjar.smack.SmackServer;
import org.meetjar.xml.Element;

/** Rooms with Smack, which others wrote, as the clients over real WebSockets. */
@Timeout(120)
class SmackRoomTest {
  private static final String ROOM = "tea@conference.localhost";
  private static final String FOCUS = "focus@auth.localhost";

  private SmackServer server;

  @BeforeEach
  void start() throws Exception {
    server = new SmackServer();
    server.onLoop(
        () ->
            new Muc(
                server.loop(),
                server.hub().router(),
                "localhost",
                Set.of(org.meetjar.xmpp.Jid.of(FOCUS)),
                server.settings().muc()));
    asFocus(
        Element.of("presence", "jabber:client")
            .set("to", ROOM + "/focus")
            .add(Element.of("x", "http://jabber.org/protocol/muc")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void asFocus(Element.Builder stanza) throws Exception {
    server.onLoop(
        () -> {
          server.hub().router().route(stanza.set("from", FOCUS + "/focus").build());
          return null;
        });
  }

  private void makeOwner(ModularXmppClientToServerConnection client) throws Exception {
    String admin = "http://jabber.org/protocol/muc#admin";
    asFocus(
        Element.of("iq", "jabber:client")
            .set("type", "set")
            .set("id", "owner")
            .set("to", ROOM)
            .add(
                Element.of("query", admin)
                    .add(
                        Element.of("item", admin)
                            .set("affiliation", "owner")
                            .set("jid", client.getUser().asBareJid().toString()))));
  }

  private static MultiUserChat room(ModularXmppClientToServerConnection client) throws Exception {
    return MultiUserChatManager.getInstanceFor(client)
        .getMultiUserChat(JidCreate.entityBareFrom(ROOM));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T taken = queue.poll(30, TimeUnit.SECONDS);
    assertThat(taken).isNotNull();
    return taken;
  }

  @Test
  void peopleMeetTalkAndKick() throws Exception {
    ModularXmppClientToServerConnection ada = server.guest();
    ModularXmppClientToServerConnection bob = server.guest();
    MultiUserChat adasRoom = room(ada);
    MultiUserChat bobsRoom = room(bob);
    BlockingQueue<Presence> arrivals = new ArrayBlockingQueue<>(20);
    BlockingQueue<Message> messages = new ArrayBlockingQueue<>(20);
    BlockingQueue<String> kicked = new ArrayBlockingQueue<>(20);

    adasRoom.join(Resourcepart.from("aaaa1111"));
    adasRoom.addParticipantListener(arrivals::add);
    bobsRoom.addMessageListener(messages::add);
    bobsRoom.addUserStatusListener(
        new UserStatusListener() {
          @Override
          public void kicked(Jid actor, String reason) {
            kicked.add(reason);
          }
        });
    bobsRoom.join(Resourcepart.from("bbbb2222"));

    Presence arrived = next(arrivals);
    while (arrived.getFrom().toString().equals(ROOM + "/aaaa1111")) {
      // her own may come to the listener after her join has ended
      arrived = next(arrivals);
    }
    assertThat(arrived.getFrom().toString()).isEqualTo(ROOM + "/bbbb2222");
    assertThat(
            bobsRoom.getOccupant(JidCreate.entityFullFrom(ROOM + "/aaaa1111")).getJid().toString())
        .as("real addresses are known")
        .isEqualTo(ada.getUser().toString());

    adasRoom.sendMessage("hello");
    Message hello = next(messages);
    while (hello.getBody() == null) {
      hello = next(messages);
    }
    assertThat(hello.getBody()).isEqualTo("hello");
    assertThat(hello.getFrom().toString()).isEqualTo(ROOM + "/aaaa1111");

    makeOwner(ada);
    assertThat(next(arrivals)).isNotNull();
    adasRoom.kickParticipant(Resourcepart.from("bbbb2222"), "too loud");
    assertThat(next(kicked)).isEqualTo("too loud");
    Await.until(() -> !bobsRoom.isJoined());
    ada.disconnect();
    bob.disconnect();
  }

  @Test
  void whoDisconnectsHasLeftTheRoom() throws Exception {
    ModularXmppClientToServerConnection ada = server.guest();
    ModularXmppClientToServerConnection bob = server.guest();
    BlockingQueue<Presence> presences = new ArrayBlockingQueue<>(20);
    room(ada).join(Resourcepart.from("aaaa1111"));
    room(bob).join(Resourcepart.from("bbbb2222"));
    room(ada).addParticipantListener(presences::add);
    bob.disconnect();

    Presence last = next(presences);
    while (last.isAvailable()) {
      last = next(presences);
    }
    assertThat(last.getFrom().toString()).isEqualTo(ROOM + "/bbbb2222");
    ada.disconnect();
  }
}
