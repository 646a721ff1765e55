package org.meetjar.muc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.meetjar.xmpp.Jid;

/**
 * Who is what to a room, by bare JID. Bounded: when it is full, the entry of somebody who is not in
 * the room makes place, the oldest first; a ban is kept as long as possible.
 */
final class Affiliations {
  private final Map<Jid, Affiliation> granted = new LinkedHashMap<>();
  private final Predicate<Jid> service;
  private final int max;

  /**
   * @param service tells service administrators, who own every room
   */
  Affiliations(Predicate<Jid> service, int max) {
    this.service = service;
    this.max = max;
  }

  Affiliation of(Jid account) {
    Jid bare = account.bare();
    return service.test(bare) ? Affiliation.OWNER : granted.getOrDefault(bare, Affiliation.NONE);
  }

  List<Jid> having(Affiliation affiliation) {
    List<Jid> found = new ArrayList<>();
    granted.forEach(
        (account, has) -> {
          if (has == affiliation) {
            found.add(account);
          }
        });
    return found;
  }

  /**
   * @param present tells who is in the room
   * @return false when there is no place
   */
  boolean set(Jid account, Affiliation affiliation, Predicate<Jid> present) {
    Jid bare = account.bare();
    if (affiliation == Affiliation.NONE) {
      granted.remove(bare);
      return true;
    }
    if (!granted.containsKey(bare) && granted.size() >= max && !makePlace(present)) {
      return false;
    }
    granted.put(bare, affiliation);
    return true;
  }

  private boolean makePlace(Predicate<Jid> present) {
    var entries = granted.entrySet().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      if (entry.getValue() != Affiliation.OUTCAST && !present.test(entry.getKey())) {
        entries.remove();
        return true;
      }
    }
    return false;
  }
}
