package org.meetjar.muc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/** Decides who may enter (XEP-0045 sections 7.2.4 to 7.2.9). Service administrators always may. */
final class Admission {
  private final Muc muc;
  private final Room room;

  Admission(Muc muc, Room room) {
    this.muc = muc;
    this.room = room;
  }

  /** Whether this is a join at all, under a nick that can be had. */
  void checkAddress(Element presence, Jid to, boolean service) throws Refusal {
    if (to.isBare()) {
      throw new Refusal(StanzaError.JID_MALFORMED, "A nick is needed");
    }
    if (presence.child("x", Ns.MUC).isEmpty()) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "You are not in this room");
    }
    if (!Nick.isValid(to.resource())) {
      throw new Refusal(StanzaError.JID_MALFORMED, "This nick is not allowed");
    }
    if (!service && Nick.isReserved(to.resource())) {
      throw new Refusal(StanzaError.CONFLICT, "This nick is taken");
    }
  }

  /**
   * Whether the room takes this person.
   *
   * @param join the join's {@code <x>}
   */
  void check(Element join, Jid from) throws Refusal {
    if (muc.isServiceAdmin(from)) {
      return;
    }
    Affiliation affiliation = room.affiliations().of(from);
    RoomConfig config = room.config();
    boolean member = affiliation.isAtLeast(Affiliation.MEMBER);
    boolean knowsPassword =
        config.isPasswordProtected() && same(config.password(), join.childText("password", Ns.MUC));
    if (affiliation == Affiliation.OUTCAST) {
      throw new Refusal(StanzaError.FORBIDDEN, "You are banned from this room");
    }
    // Members were let in by somebody inside, who need not tell them the password.
    if (config.membersOnly() && !member && !knowsPassword) {
      throw new Refusal(StanzaError.REGISTRATION_REQUIRED, "This room is for members only");
    }
    if (config.isPasswordProtected() && !member && !knowsPassword) {
      throw new Refusal(StanzaError.NOT_AUTHORIZED, "A password is needed");
    }
    if (room.participants() >= muc.settings().occupants()) {
      throw new Refusal(StanzaError.SERVICE_UNAVAILABLE, "This room is full");
    }
    if (muc.isFull()) {
      muc.turnedAway(room);
      throw new Refusal(
          StanzaError.SERVICE_UNAVAILABLE,
          "The server is full",
          Element.of("server-full", Ns.ADMISSION).build());
    }
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
