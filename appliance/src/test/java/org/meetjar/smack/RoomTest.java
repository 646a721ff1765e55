package org.meetjar.smack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.MUCAffiliation;
import org.jivesoftware.smackx.muc.MUCRole;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.muc.Occupant;
import org.jivesoftware.smackx.muc.ParticipantStatusListener;
import org.jivesoftware.smackx.muc.RoomInfo;
import org.jivesoftware.smackx.muc.UserStatusListener;
import org.jivesoftware.smackx.ping.PingManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.meetjar.Await;
import org.meetjar.muc.EndConference;
import org.meetjar.muc.Muc;
import org.meetjar.xmpp.Jid;

/** An independent client, Smack, in the rooms of the running hub. */
@Timeout(120)
class RoomTest {
  private static final String ROOM = "tea@conference.localhost";
  private static final long WAIT_SECONDS = 30;

  private SmackServer server;
  private XMPPConnection adasConnection;
  private XMPPConnection bobsConnection;
  private MultiUserChat ada;
  private MultiUserChat bob;

  @BeforeEach
  void twoMeet() throws Exception {
    server = new SmackServer();
    server.onLoop(
        () -> {
          TestFocus focus = new TestFocus(server.hub().router(), SmackServer.DOMAIN);
          Muc muc =
              new Muc(
                  server.loop(),
                  server.hub().router(),
                  SmackServer.DOMAIN,
                  Set.of(focus.account()),
                  server.settings().muc());
          new EndConference(server.hub().router(), muc, SmackServer.DOMAIN);
          focus.open(Jid.of(ROOM));
          return muc;
        });
    adasConnection = server.guest();
    bobsConnection = server.guest();
    ada = chat(adasConnection);
    bob = chat(bobsConnection);
    ada.join(nick("ada"));
    Await.until(() -> hasRole(ada, "ada", MUCRole.moderator));
    bob.join(nick("bob"));
    Await.until(() -> ada.getOccupant(occupant("bob")) != null);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static MultiUserChat chat(XMPPConnection connection) throws Exception {
    return MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(room());
  }

  private static EntityBareJid room() {
    return JidCreate.entityBareFromOrThrowUnchecked(ROOM);
  }

  private static EntityFullJid occupant(String nick) {
    return JidCreate.entityFullFromOrThrowUnchecked(ROOM + "/" + nick);
  }

  private static Resourcepart nick(String nick) {
    return Resourcepart.fromOrThrowUnchecked(nick);
  }

  private static boolean hasRole(MultiUserChat chat, String nick, MUCRole role) {
    Occupant occupant = chat.getOccupant(occupant(nick));
    return occupant != null && occupant.getRole() == role;
  }

  private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    T taken = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    assertThat(taken).isNotNull();
    return taken;
  }

  @Test
  void occupantsSeeEachOtherAndTheFocus() throws Exception {
    // Smack may still be writing down the presence that ended the join
    Await.until(() -> bob.getOccupants().size() == 3);
    assertThat(bob.getOccupants())
        .containsExactlyInAnyOrder(occupant("focus"), occupant("ada"), occupant("bob"));
    assertThat(bob.getOccupant(occupant("ada")).getJid().toString())
        .isEqualTo(adasConnection.getUser().toString());
    assertThat(bob.getOccupant(occupant("ada")).getAffiliation()).isEqualTo(MUCAffiliation.owner);
    assertThat(bob.getOccupant(occupant("focus")).getJid().toString())
        .isEqualTo("focus@auth.localhost/focus");
    assertThat(ada.getOccupant(occupant("bob")).getRole()).isEqualTo(MUCRole.participant);
  }

  @Test
  void theRoomDescribesItself() throws Exception {
    RoomInfo info = MultiUserChatManager.getInstanceFor(bobsConnection).getRoomInfo(room());
    assertThat(info.isMembersOnly()).isFalse();
    assertThat(info.isPasswordProtected()).isFalse();
    assertThat(info.isNonanonymous()).isTrue();
    assertThat(info.getOccupantsCount()).isEqualTo(3);
    assertThat(info.getForm().getField("muc#roominfo_meetingId").getFirstValue()).isNotBlank();
    assertThat(
            MultiUserChatManager.getInstanceFor(bobsConnection)
                .providesMucService(JidCreate.domainBareFrom("conference.localhost")))
        .isTrue();
  }

  /** What is said from now on; the subject, which ends a join and may come late, is no talk. */
  private static BlockingQueue<Message> bodies(MultiUserChat chat) {
    BlockingQueue<Message> bodies = new LinkedBlockingQueue<>();
    chat.addMessageListener(
        message -> {
          if (message.getBody() != null) {
            bodies.add(message);
          }
        });
    return bodies;
  }

  @Test
  void chatReachesBothAndLateComersSeeIt() throws Exception {
    BlockingQueue<Message> heard = bodies(ada);
    bob.sendMessage("tea & <cake> for \"all\" 🍰");
    Message message = take(heard);
    assertThat(message.getBody()).isEqualTo("tea & <cake> for \"all\" 🍰");
    assertThat(message.getFrom().toString()).isEqualTo(ROOM + "/bob");

    MultiUserChat eve = chat(server.guest());
    BlockingQueue<Message> history = bodies(eve);
    eve.join(nick("eve"));
    assertThat(take(history).getBody()).isEqualTo("tea & <cake> for \"all\" 🍰");
  }

  @Test
  void theSubjectIsTheModerators() throws Exception {
    BlockingQueue<String> subjects = new LinkedBlockingQueue<>();
    bob.addSubjectUpdatedListener(
        (subject, from) -> {
          // The empty one that ends the join may come late.
          if (!subject.isEmpty()) {
            subjects.add(subject);
          }
        });
    ada.changeSubject("Cake");
    assertThat(take(subjects)).isEqualTo("Cake");
    assertThatThrownBy(() -> bob.changeSubject("Work"))
        .isInstanceOfSatisfying(
            XMPPErrorException.class,
            e ->
                assertThat(e.getStanzaError().getCondition())
                    .isEqualTo(StanzaError.Condition.forbidden));
  }

  @Test
  void aKickIsSeenByTheKickedWithItsReason() throws Exception {
    BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
    bob.addUserStatusListener(
        new UserStatusListener() {
          @Override
          public void kicked(org.jxmpp.jid.Jid actor, String reason) {
            reasons.add(reason);
          }
        });
    ada.kickParticipant(nick("bob"), "too loud");
    assertThat(take(reasons)).isEqualTo("too loud");
    Await.until(() -> !bob.isJoined());
    Await.until(() -> ada.getOccupant(occupant("bob")) == null);
    bob.join(nick("bob"));
    assertThat(bob.isJoined()).isTrue();
  }

  @Test
  void nobodyButAModeratorKicks() {
    assertThatThrownBy(() -> bob.kickParticipant(nick("ada"), ""))
        .isInstanceOf(XMPPErrorException.class);
    assertThatThrownBy(() -> ada.kickParticipant(nick("focus"), ""))
        .isInstanceOf(XMPPErrorException.class);
  }

  @Test
  void ownershipMakesAModerator() throws Exception {
    BlockingQueue<EntityFullJid> owners = new LinkedBlockingQueue<>();
    ada.addParticipantStatusListener(
        new ParticipantStatusListener() {
          @Override
          public void ownershipGranted(EntityFullJid participant) {
            owners.add(participant);
          }
        });
    ada.grantOwnership(bobsConnection.getUser().asBareJid());
    assertThat(take(owners).toString()).isEqualTo(ROOM + "/bob");
    Await.until(() -> hasRole(bob, "bob", MUCRole.moderator));
    assertThat(ada.getOwners()).hasSize(2);
  }

  @Test
  void aPasswordKeepsStrangersOut() throws Exception {
    ada.getConfigFormManager().setAndEnablePassword("s3cret").submitConfigurationForm();
    MultiUserChat eve = chat(server.guest());
    assertThatThrownBy(() -> eve.join(nick("eve")))
        .isInstanceOfSatisfying(
            XMPPErrorException.class,
            e ->
                assertThat(e.getStanzaError().getCondition())
                    .isEqualTo(StanzaError.Condition.not_authorized));
    eve.join(nick("eve"), "s3cret");
    assertThat(eve.isJoined()).isTrue();
  }

  @Test
  void aNickThatIsTakenIsRefused() throws Exception {
    MultiUserChat eve = chat(server.guest());
    assertThatThrownBy(() -> eve.join(nick("bob")))
        .isInstanceOfSatisfying(
            XMPPErrorException.class,
            e ->
                assertThat(e.getStanzaError().getCondition())
                    .isEqualTo(StanzaError.Condition.conflict));
  }

  @Test
  void requestsPassBetweenOccupants() throws Exception {
    assertThat(PingManager.getInstanceFor(adasConnection).ping(occupant("bob"))).isTrue();
  }

  @Test
  void whoLeavesIsGoneForTheOthers() throws Exception {
    Presence own = bob.leave();
    assertThat(own.getType()).isEqualTo(Presence.Type.unavailable);
    Await.until(() -> ada.getOccupant(occupant("bob")) == null);
  }

  @Test
  void whoseStreamEndsIsGoneForTheOthers() throws Exception {
    ((AbstractXMPPConnection) bobsConnection).disconnect();
    Await.until(() -> ada.getOccupant(occupant("bob")) == null);
  }

  @Test
  void anOwnerEndsTheRoomForAll() throws Exception {
    BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
    bob.addUserStatusListener(
        new UserStatusListener() {
          @Override
          public void roomDestroyed(MultiUserChat alternate, String password, String reason) {
            reasons.add(reason);
          }
        });
    ada.destroy("late", null);
    assertThat(take(reasons)).isEqualTo("late");
    Await.until(() -> !bob.isJoined());
  }

  @Test
  void withoutTheFocusThereIsNoRoom() throws Exception {
    MultiUserChat other =
        MultiUserChatManager.getInstanceFor(adasConnection)
            .getMultiUserChat(JidCreate.entityBareFrom("other@conference.localhost"));
    assertThatThrownBy(() -> other.join(nick("ada")))
        .isInstanceOfSatisfying(
            XMPPErrorException.class,
            e ->
                assertThat(e.getStanzaError().getCondition())
                    .isEqualTo(StanzaError.Condition.not_allowed));
  }
}
