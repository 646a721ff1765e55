package org.meetjar.muc;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.meetjar.config.MucSettings;
import org.meetjar.config.Settings;
import org.meetjar.loop.ManualLoop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** A room service for domain {@code meet.example}, and the people around it. */
abstract class MucHarness {
  static final String DOMAIN = "meet.example";
  static final String ROOM = "room@conference.meet.example";
  static final String FOCUS = ROOM + "/focus";
  static final String ADA = ROOM + "/aaaa1111";
  static final String BOB = ROOM + "/bbbb2222";
  static final String EVE = ROOM + "/eeee3333";

  final ManualLoop loop = new ManualLoop();
  final RecordingRouter router = new RecordingRouter();
  Muc muc;
  RoomClient focus;
  RoomClient ada;
  RoomClient bob;
  RoomClient eve;

  MucSettings settings() {
    return Settings.from(Settings.defaults()).muc();
  }

  @BeforeEach
  void start() {
    muc = new Muc(loop, router, DOMAIN, Set.of(Jid.of("focus@auth." + DOMAIN)), settings());
    focus = client("focus@auth.meet.example/focus");
    ada = client("aaaa1111-0@meet.example/r1");
    bob = client("bbbb2222-0@meet.example/r2");
    eve = client("eeee3333-0@meet.example/r3");
  }

  RoomClient client(String jid) {
    return new RoomClient(router, jid);
  }

  /** Ada and Bob are in, with the focus; Ada owns the room. */
  void meeting() {
    focus.in(FOCUS);
    ada.in(ADA);
    bob.in(BOB);
    focus.admin(ROOM, RoomClient.affiliationItem(ada.bare(), "owner"));
    forgetAll();
  }

  void forgetAll() {
    focus.forget();
    ada.forget();
    bob.forget();
    eve.forget();
  }

  Room room() {
    return muc.room(Jid.of(ROOM)).orElseThrow();
  }

  static Element nick(String name) {
    return Element.of("nick", "http://jabber.org/protocol/nick").text(name).build();
  }
}
