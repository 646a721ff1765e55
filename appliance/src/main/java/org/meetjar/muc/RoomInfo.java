package org.meetjar.muc;

import java.util.List;
import org.meetjar.xml.Element;

/** What a room tells of itself (XEP-0045 section 6.4); outsiders learn only how to enter. */
final class RoomInfo {
  private RoomInfo() {}

  static Element info(Room room, String node, boolean insider) {
    RoomConfig config = room.config();
    Element.Builder query = Element.of("query", Ns.DISCO_INFO);
    if (!node.isEmpty()) {
      query.set("node", node);
    }
    query.add(
        Element.of("identity", Ns.DISCO_INFO)
            .set("category", "conference")
            .set("type", "text")
            .set("name", config.name().isEmpty() ? room.jid().node() : config.name()));
    List<String> features =
        List.of(
            Ns.DISCO_INFO,
            Ns.DISCO_ITEMS,
            Ns.MUC,
            Ns.PING,
            "muc_hidden",
            "muc_temporary",
            "muc_unmoderated",
            "muc_nonanonymous",
            config.membersOnly() ? "muc_membersonly" : "muc_open",
            config.isPasswordProtected() ? "muc_passwordprotected" : "muc_unsecured");
    for (String feature : features) {
      query.add(Element.of("feature", Ns.DISCO_INFO).set("var", feature));
    }
    return query.add(form(room, insider)).build();
  }

  private static Element form(Room room, boolean insider) {
    DataForm form = DataForm.result(Ns.ROOM_INFO);
    if (insider) {
      form.text("muc#roominfo_meetingId", "", room.meetingId());
      if (room.createdMillis() > 0) {
        form.text("muc#roominfo_created_timestamp", "", Long.toString(room.createdMillis()));
      }
      form.text("muc#roominfo_occupants", "", Integer.toString(room.occupants().size()));
      form.flag("muc#roominfo_isbreakout", "", false);
    }
    return form.build();
  }

  static Element items(Room room, boolean insider) {
    Element.Builder query = Element.of("query", Ns.DISCO_ITEMS);
    if (insider) {
      for (Occupant occupant : room.occupants()) {
        query.add(Element.of("item", Ns.DISCO_ITEMS).set("jid", occupant.jid().toString()));
      }
    }
    return query.build();
  }
}
