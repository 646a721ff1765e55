package org.meetjar.http;

import java.util.ArrayDeque;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.meetjar.channel.QueueBudget;

/**
 * What waits to be sent on one WebSocket, bounded by size; one message at a time is on its way.
 * Every method may be called from any thread.
 */
final class SendQueue extends IteratingCallback {
  private final Session session;
  private final int maxBytes;
  private final QueueBudget budget;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Callback onWire = Callback.from(this::succeeded, this::failed);
  private int bytes;
  private boolean ended;
  private int code;
  private String reason = "";

  /**
   * @param budget what all queues share
   */
  SendQueue(Session session, int maxBytes, QueueBudget budget) {
    this.session = session;
    this.maxBytes = maxBytes;
    this.budget = budget;
    budget.open();
  }

  /** Queues a message; false when the queue is full, and then nothing more will be sent. */
  boolean offer(String message, long now) {
    synchronized (waiting) {
      if (ended) {
        return true;
      }
      // one message alone always fits, whatever the bound
      if (!waiting.isEmpty()
          && (bytes + message.length() > maxBytes || !budget.allows(bytes + message.length()))) {
        ended = true;
        return false;
      }
      bytes += message.length();
      budget.add(message.length());
      waiting.add(new Waiting(message, now));
    }
    iterate();
    return true;
  }

  /** Takes no more, and closes when what waits has left. */
  void end(int closeCode, String closeReason) {
    synchronized (waiting) {
      if (ended) {
        return;
      }
      ended = true;
      code = closeCode;
      reason = closeReason;
    }
    iterate();
  }

  /** How long the oldest message has been waiting, in nanoseconds. */
  long oldestAge(long now) {
    synchronized (waiting) {
      return waiting.isEmpty() ? 0 : now - waiting.peek().since();
    }
  }

  @Override
  protected Action process() {
    Waiting next;
    synchronized (waiting) {
      next = waiting.peek();
      if (next == null && (!ended || code == 0)) {
        return Action.IDLE;
      }
    }
    if (next == null) {
      session.close(code, reason, Callback.NOOP);
      return Action.SUCCEEDED;
    }
    session.sendText(next.message(), onWire);
    return Action.SCHEDULED;
  }

  @Override
  protected void onSuccess() {
    synchronized (waiting) {
      Waiting sent = waiting.poll();
      if (sent != null) {
        bytes -= sent.message().length();
        budget.remove(sent.message().length());
      }
    }
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    synchronized (waiting) {
      ended = true;
      drop();
    }
    session.disconnect();
  }

  /** The connection is gone, and what waited with it; to be called once. */
  void forget() {
    synchronized (waiting) {
      ended = true;
      drop();
      budget.close(0);
    }
  }

  private void drop() {
    budget.remove(bytes);
    waiting.clear();
    bytes = 0;
  }

  private record Waiting(String message, long since) {}
}
