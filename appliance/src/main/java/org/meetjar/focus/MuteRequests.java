package org.meetjar.focus;

import java.util.Optional;
import java.util.Set;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/**
 * Requests to mute somebody. A moderator may mute anybody, everybody may mute or unmute itself, and
 * nobody is unmuted by another. The one to be muted is asked by a request in the focus's name and
 * switches off its own microphone, camera or screen; the bridge is not involved.
 */
final class MuteRequests {
  private static final Set<String> NAMESPACES =
      Set.of(
          "http://jitsi.org/jitmeet/audio",
          "http://jitsi.org/jitmeet/video",
          "http://jitsi.org/jitmeet/desktop");

  private final FocusContext context;
  private final Room room;

  MuteRequests(FocusContext context, Room room) {
    this.context = context;
    this.room = room;
  }

  static boolean isMute(Element payload) {
    return payload.name().equals("mute") && NAMESPACES.contains(payload.namespace());
  }

  Optional<Refusal> handle(Occupant actor, Element mute, Runnable accepted) {
    Optional<Jid> target = Jid.parse(mute.attribute("jid"));
    String value = mute.text().strip();
    if (target.isEmpty() || !(value.equals("true") || value.equals("false"))) {
      return Optional.of(Refusal.badRequest("who is to be muted, and whether?"));
    }
    boolean self = target.get().equals(actor.address());
    if (!self && !actor.isModerator()) {
      return Optional.of(Refusal.notAllowed("only moderators mute others"));
    }
    Optional<Occupant> muted =
        room.occupant(target.get().resource())
            .filter(occupant -> occupant.address().equals(target.get()));
    if (muted.isEmpty()) {
      return Optional.of(Refusal.itemNotFound("nobody of that name is here"));
    }
    if (!self && value.equals("false")) {
      return Optional.of(Refusal.notAllowed("nobody is unmuted by another"));
    }
    accepted.run();
    if (!self) {
      context
          .iqs()
          .request(
              Stanzas.iq("set", context.addresses().user(), muted.get().address())
                  .add(
                      Element.of("mute", mute.namespace())
                          .set("jid", muted.get().address().toString())
                          .set("actor", actor.address().toString())
                          .text(value)),
              outcome -> {});
    }
    return Optional.empty();
  }
}
