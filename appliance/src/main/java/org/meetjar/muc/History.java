package org.meetjar.muc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** The last messages of a room, for those who come later (XEP-0045 section 7.2.13). Bounded. */
final class History {
  private record Entry(Element stanza, Jid author, long timeMillis, int bytes) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final int maxMessages;
  private final long maxBytes;
  private long bytes;

  History(int maxMessages, long maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  /**
   * Keeps a message as it was sent to the room, without {@code to}.
   *
   * @param author the real JID, which a nick that is taken again doesn't have
   */
  void add(Element message, Jid room, Jid author, long timeMillis) {
    String stamp = Instant.ofEpochMilli(timeMillis).truncatedTo(ChronoUnit.MILLIS).toString();
    Element delay =
        Element.of("delay", Ns.DELAY).set("from", room.toString()).set("stamp", stamp).build();
    Element stanza = message.toBuilder().add(delay).build();
    Entry entry = new Entry(stanza, author, timeMillis, Weight.of(stanza));
    entries.add(entry);
    bytes += entry.bytes();
    while (entries.size() > maxMessages || bytes > maxBytes) {
      bytes -= entries.remove().bytes();
    }
  }

  /** Whether messages of that id are there, and none of them is the author's. */
  boolean isOnlyOfOthers(String id, Jid author) {
    List<Entry> found = entries.stream().filter(entry -> hasId(entry, id)).toList();
    return !found.isEmpty() && found.stream().noneMatch(entry -> entry.author().equals(author));
  }

  /** Forgets the author's message of that id. */
  void retract(String id, Jid author) {
    Iterator<Entry> all = entries.iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (hasId(entry, id) && entry.author().equals(author)) {
        bytes -= entry.bytes();
        all.remove();
      }
    }
  }

  private static boolean hasId(Entry entry, String id) {
    return entry.stanza().attribute("id").equals(id);
  }

  /** What somebody who joins now asked for, oldest first. */
  List<Element> select(HistoryRequest request, long nowMillis) {
    List<Element> newestFirst = new ArrayList<>();
    long chars = 0;
    Iterator<Entry> backwards = entries.descendingIterator();
    while (backwards.hasNext() && newestFirst.size() < request.maxMessages()) {
      Entry entry = backwards.next();
      chars += entry.bytes();
      if (chars > request.maxChars() || entry.timeMillis() < request.sinceMillis(nowMillis)) {
        break;
      }
      newestFirst.add(entry.stanza());
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  int size() {
    return entries.size();
  }
}
