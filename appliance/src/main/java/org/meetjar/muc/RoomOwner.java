package org.meetjar.muc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Iq;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/** Requests of namespace {@code muc#owner}: setup and end of a room (XEP-0045 section 10). */
final class RoomOwner {
  private static final String NAME = "muc#roomconfig_roomname";
  private static final String WHOIS = "muc#roomconfig_whois";
  private static final String SECRET = "muc#roomconfig_roomsecret";
  private static final String PROTECTED = "muc#roomconfig_passwordprotectedroom";
  private static final String MEMBERS_ONLY = "muc#roomconfig_membersonly";
  private static final int MAX_TEXT = 256;

  private final Room room;

  RoomOwner(Room room) {
    this.room = room;
  }

  Element answer(Element iq, Element query, Jid from) throws Refusal {
    if (room.affiliations().of(from) != Affiliation.OWNER) {
      throw new Refusal(StanzaError.FORBIDDEN, "Only owners may do this");
    }
    if (Iq.isGet(iq)) {
      return Iq.result(iq, Element.of("query", Ns.MUC_OWNER).add(form()).build());
    }
    Optional<Element> destroy = query.child("destroy", Ns.MUC_OWNER);
    if (destroy.isPresent()) {
      room.destroy(
          destroy.get().childText("reason", Ns.MUC_OWNER),
          Jid.parse(destroy.get().attribute("jid")));
      return Iq.result(iq);
    }
    Element x =
        query
            .child("x", Ns.DATA)
            .orElseThrow(() -> new Refusal(StanzaError.BAD_REQUEST, "There is no form"));
    if (x.attribute("type").equals("submit")) {
      room.configure(changed(room.config(), DataForm.values(x)));
    }
    return Iq.result(iq);
  }

  private Element form() {
    RoomConfig config = room.config();
    return DataForm.form(Ns.ROOM_CONFIG, "The room's setup")
        .text(NAME, "Name", config.name())
        .choice(WHOIS, "Who sees real addresses", List.of("anyone"))
        .flag(PROTECTED, "A password is needed to enter", config.isPasswordProtected())
        .secret(SECRET, "Password", config.password())
        .flag(MEMBERS_ONLY, "Only members may enter", config.membersOnly())
        .hidden("muc#roominfo_meetingId", room.meetingId())
        .hidden("muc#roominfo_isbreakout", "0")
        .hidden("muc#roominfo_breakout_main_room", "")
        .hidden("muc#roominfo_conference_presets_service_enabled", "0")
        .build();
  }

  /** What isn't in the form stays as it is; fields that we don't know are passed over. */
  private static RoomConfig changed(RoomConfig config, Map<String, String> values) throws Refusal {
    if (!values.getOrDefault("FORM_TYPE", Ns.ROOM_CONFIG).equals(Ns.ROOM_CONFIG)) {
      throw new Refusal(StanzaError.BAD_REQUEST, "This is another form");
    }
    if (!values.getOrDefault(WHOIS, "anyone").equals("anyone")) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "Rooms are not anonymous");
    }
    return new RoomConfig(
        text(values, NAME, config.name()),
        password(config, values),
        flag(values, MEMBERS_ONLY).orElse(config.membersOnly()));
  }

  private static String password(RoomConfig config, Map<String, String> values) throws Refusal {
    String secret = text(values, SECRET, config.password());
    Optional<Boolean> needed = flag(values, PROTECTED);
    if (needed.isEmpty()) {
      return secret;
    }
    if (needed.get() && secret.isEmpty()) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "A password is missing");
    }
    return needed.get() ? secret : "";
  }

  private static String text(Map<String, String> values, String var, String otherwise)
      throws Refusal {
    String value = values.getOrDefault(var, otherwise);
    if (value.length() > MAX_TEXT) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "A value is too long");
    }
    return value;
  }

  private static Optional<Boolean> flag(Map<String, String> values, String var) throws Refusal {
    if (!values.containsKey(var)) {
      return Optional.empty();
    }
    Optional<Boolean> flag = DataForm.bool(values.get(var));
    if (flag.isEmpty()) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "A value is neither true nor false");
    }
    return flag;
  }
}
