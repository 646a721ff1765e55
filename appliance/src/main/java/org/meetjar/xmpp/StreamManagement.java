package org.meetjar.xmpp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.channel.QueueBudget;
import org.meetjar.config.XmppLimits;

/**
 * The counters and the queue of XEP-0198 for one session. Counters are modulo 2^32, as the
 * extension has it.
 */
final class StreamManagement {
  private static final long MASK = 0xffff_ffffL;

  private final XmppLimits limits;
  private final QueueBudget budget;
  private final String token;
  private final ArrayDeque<Outgoing> unacknowledged = new ArrayDeque<>();
  private long handled;
  private long acknowledged;
  private int size;

  /** How many of the queue have been written to a connection; the rest waits for the next one. */
  private int written;

  private int writtenSinceRequest;
  private boolean requestPending;
  private long requestedAt;

  /**
   * @param budget what all sessions share; {@link #close} gives back what was taken
   * @param token what the client may resume with, or the empty string
   */
  StreamManagement(XmppLimits limits, QueueBudget budget, String token) {
    this.limits = limits;
    this.budget = budget;
    budget.open();
    this.token = token;
  }

  String token() {
    return token;
  }

  boolean resumable() {
    return !token.isEmpty();
  }

  /** A stanza of the client has been handled. */
  void countHandled() {
    handled = (handled + 1) & MASK;
  }

  long handled() {
    return handled;
  }

  /** Keeps a stanza until it is acknowledged; false when there is no room for it. */
  boolean keep(Outgoing stanza, boolean isWritten) {
    unacknowledged.addLast(stanza);
    size += stanza.size();
    budget.add(stanza.size());
    if (isWritten) {
      written++;
      writtenSinceRequest++;
    }
    return unacknowledged.size() <= limits.unacknowledged()
        && size <= limits.unacknowledgedSize()
        && budget.allows(size);
  }

  /** The client has handled so many; false when it cannot have. */
  boolean acknowledge(long h) {
    long fresh = (h - acknowledged) & MASK;
    if (h < 0 || h > MASK || fresh > written) {
      return false;
    }
    int before = size;
    for (long i = 0; i < fresh; i++) {
      size -= unacknowledged.removeFirst().size();
    }
    budget.remove(before - size);
    written -= (int) fresh;
    acknowledged = h;
    return true;
  }

  /** The client has answered a request. */
  void answered() {
    requestPending = false;
  }

  boolean hasUnacknowledged() {
    return !unacknowledged.isEmpty();
  }

  int queued() {
    return unacknowledged.size();
  }

  boolean requestPending() {
    return requestPending;
  }

  /** When the request was made, by the loop's clock in nanoseconds. */
  long requestedAt() {
    return requestedAt;
  }

  int writtenSinceRequest() {
    return writtenSinceRequest;
  }

  void requested(long now) {
    if (!requestPending) {
      requestPending = true;
      requestedAt = now;
    }
    writtenSinceRequest = 0;
  }

  /** Everything unacknowledged, which is to be written to a new connection now. */
  List<Outgoing> replay() {
    written = unacknowledged.size();
    requestPending = false;
    return List.copyOf(unacknowledged);
  }

  /** Keeps nothing any more; to be called once. */
  void close() {
    budget.close(size);
    unacknowledged.clear();
    size = 0;
    written = 0;
  }

  /** What was never written to any connection, and so certainly never arrived. */
  List<Outgoing> neverWritten() {
    return new ArrayList<>(unacknowledged).subList(written, unacknowledged.size());
  }
}
