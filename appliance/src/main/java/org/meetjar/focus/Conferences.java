package org.meetjar.focus;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.xmpp.Jid;

/** The conferences that there are, by room; bounded. */
final class Conferences {
  private final FocusContext context;
  private final Map<Jid, Conference> byRoom = new LinkedHashMap<>();

  Conferences(FocusContext context) {
    this.context = context;
  }

  Optional<Conference> find(Jid room) {
    return Optional.ofNullable(byRoom.get(room));
  }

  /** Makes a conference; empty when there are as many as there may be. */
  Optional<Conference> create(Jid room, Map<String, String> properties) {
    if (byRoom.size() >= context.settings().maxConferences()) {
      return Optional.empty();
    }
    Conference conference =
        new Conference(room, properties, context, over -> byRoom.remove(over.room().jid(), over));
    byRoom.put(room, conference);
    conference.start();
    return Optional.of(conference);
  }

  Collection<Conference> all() {
    return List.copyOf(byRoom.values());
  }

  int count() {
    return byRoom.size();
  }
}
