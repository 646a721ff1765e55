package org.meetjar.xmpp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router over the hub's sessions and the appliance's components. */
final class HubRouter implements Router {
  private static final Logger log = LoggerFactory.getLogger(HubRouter.class);

  /** Deliveries in one turn; what is left gets another turn, so that others have theirs. */
  private static final int TURN = 1000;

  private record Family(Predicate<String> domains, Component component) {}

  private final Loop loop;
  private final Sessions sessions;
  private final Map<Jid, Component> components = new HashMap<>();
  private final List<Family> families = new ArrayList<>();
  private final ArrayDeque<Element> waiting = new ArrayDeque<>();
  private boolean delivering;
  private boolean scheduled;

  HubRouter(Loop loop, Sessions sessions) {
    this.loop = loop;
    this.sessions = sessions;
  }

  @Override
  public void register(Jid address, Component component) {
    components.put(address, component);
  }

  @Override
  public void registerDomains(Predicate<String> domains, Component component) {
    families.add(new Family(domains, component));
  }

  @Override
  public void unregister(Jid address) {
    components.remove(address);
  }

  /** Whether an address belongs to a component, so that no client may have it. */
  boolean isTaken(Jid full) {
    return components.containsKey(full) || components.containsKey(full.bare());
  }

  @Override
  public void route(Element stanza) {
    Optional<Jid> to = Stanza.to(stanza);
    if (to.isEmpty()) {
      log.warn("a stanza without address was routed: {}", stanza.name());
      return;
    }
    Session session = sessions.get(to.get());
    if (session != null) {
      session.deliver(Outgoing.of(stanza));
    } else {
      enqueue(stanza);
    }
  }

  @Override
  public void broadcast(Element stanza, Collection<Jid> receivers) {
    Element shared = stanza.has("to") ? stanza.toBuilder().unset("to").build() : stanza;
    for (Jid receiver : receivers) {
      Session session = sessions.get(receiver);
      if (session != null) {
        session.deliver(new Outgoing(shared, receiver.toString()));
      } else {
        enqueue(shared.with("to", receiver.toString()));
      }
    }
  }

  private void enqueue(Element stanza) {
    waiting.addLast(stanza);
    if (!delivering && !scheduled) {
      scheduled = true;
      loop.execute(this::deliverScheduled);
    }
  }

  private void deliverScheduled() {
    scheduled = false;
    deliver();
  }

  /** Delivers what waits. For the hub's own tasks, which are not inside any component. */
  void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      for (int i = 0; i < TURN && !waiting.isEmpty(); i++) {
        deliver(waiting.removeFirst());
      }
    } finally {
      delivering = false;
    }
    if (!waiting.isEmpty() && !scheduled) {
      scheduled = true;
      loop.execute(this::deliverScheduled);
    }
  }

  private void deliver(Element stanza) {
    Jid to = Stanza.to(stanza).orElseThrow();
    Session session = sessions.get(to);
    if (session != null) {
      session.deliver(Outgoing.of(stanza));
      return;
    }
    Component component = component(to);
    if (component == null) {
      refuse(stanza, StanzaError.SERVICE_UNAVAILABLE);
      return;
    }
    try {
      component.receive(stanza);
    } catch (RuntimeException e) {
      log.error("{} of {} failed", stanza.name(), to.domain(), e);
      refuse(stanza, StanzaError.INTERNAL_SERVER_ERROR);
    }
  }

  private Component component(Jid to) {
    Component found = components.get(to);
    if (found == null && !to.isBare()) {
      found = components.get(to.bare());
    }
    if (found == null && !to.node().isEmpty()) {
      found = components.get(new Jid("", to.domain(), ""));
    }
    for (int i = 0; found == null && i < families.size(); i++) {
      found = families.get(i).domains().test(to.domain()) ? families.get(i).component() : null;
    }
    return found;
  }

  /** Answers a request that cannot be delivered; other stanzas vanish. */
  void refuse(Element stanza, StanzaError error) {
    if (Iq.isRequest(stanza)) {
      route(error.reply(stanza));
    }
  }
}
