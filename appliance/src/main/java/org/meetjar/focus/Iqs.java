package org.meetjar.focus;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Router;

/**
 * The requests that the focus has sent and that are not answered yet. Each gets exactly one outcome
 * within the timeout, so what is kept is bounded by the rate of sending.
 */
final class Iqs {
  private final Loop loop;
  private final Router router;
  private final Duration timeout;
  private final String prefix = RandomIds.hex(4);
  private final Map<String, Pending> pending = new HashMap<>();
  private long next;

  Iqs(Loop loop, Router router, Duration timeout) {
    this.loop = loop;
    this.router = router;
    this.timeout = timeout;
  }

  /**
   * How a request ended.
   *
   * @param condition empty for a result, else the error's condition; {@code remote-server-timeout}
   *     when nothing came
   * @param answer the answer, or the request itself when nothing came
   */
  record Outcome(String condition, Element answer) {
    static final String TIMEOUT = "remote-server-timeout";

    boolean isResult() {
      return condition.isEmpty();
    }
  }

  private record Pending(String to, Consumer<Outcome> outcome, Loop.Timer timer) {}

  /** Sends the request with an id of ours. */
  void request(Element.Builder request, Consumer<Outcome> outcome) {
    String id = prefix + "-" + next++;
    Element iq = request.set("id", id).build();
    Loop.Timer timer = loop.schedule(timeout, () -> expire(id, iq));
    pending.put(id, new Pending(iq.attribute("to"), outcome, timer));
    router.route(iq);
  }

  /** An answer has come. One that nobody waits for, or from somebody else, is ignored. */
  void answered(Element iq) {
    Pending waiting = pending.get(iq.attribute("id"));
    if (waiting == null || !waiting.to().equals(iq.attribute("from"))) {
      return;
    }
    pending.remove(iq.attribute("id"));
    waiting.timer().cancel();
    String condition = iq.attribute("type").equals("result") ? "" : Stanzas.condition(iq);
    waiting.outcome().accept(new Outcome(condition, iq));
  }

  int outstanding() {
    return pending.size();
  }

  private void expire(String id, Element iq) {
    Pending waiting = pending.remove(id);
    if (waiting != null) {
      waiting.outcome().accept(new Outcome(Outcome.TIMEOUT, iq));
    }
  }
}
