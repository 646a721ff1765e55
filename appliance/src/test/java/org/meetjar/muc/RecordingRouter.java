package org.meetjar.muc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;

/** Delivers to components at once, and keeps what is for everybody else. */
final class RecordingRouter implements Router {
  private final Map<Jid, Component> components = new HashMap<>();
  private final Map<Jid, List<Element>> mailboxes = new HashMap<>();
  private final Set<Element> texts = Collections.newSetFromMap(new IdentityHashMap<>());
  private Predicate<String> domains = domain -> false;
  private Component wildcard = stanza -> {};

  @Override
  public void register(Jid address, Component component) {
    components.put(address, component);
  }

  @Override
  public void registerDomains(Predicate<String> accepted, Component component) {
    domains = accepted;
    wildcard = component;
  }

  @Override
  public void unregister(Jid address) {
    components.remove(address);
  }

  @Override
  public void route(Element stanza) {
    Jid to = Jid.of(stanza.attribute("to"));
    if (components.containsKey(to)) {
      components.get(to).receive(stanza);
    } else if (components.containsKey(to.bare())) {
      components.get(to.bare()).receive(stanza);
    } else if (domains.test(to.domain())) {
      wildcard.receive(stanza);
    } else {
      mailboxes.computeIfAbsent(to, unused -> new ArrayList<>()).add(stanza);
    }
  }

  @Override
  public void broadcast(Element stanza, Collection<Jid> receivers) {
    texts.add(stanza);
    Router.super.broadcast(stanza, receivers);
  }

  /** How many different stanzas, each written as text once, were broadcast since last asked. */
  int takeTextCount() {
    int count = texts.size();
    texts.clear();
    return count;
  }

  /** What came for the address since it was last asked. */
  List<Element> take(Jid address) {
    List<Element> mail = mailboxes.remove(address);
    return mail == null ? List.of() : mail;
  }

  boolean answersFor(String domain) {
    return domains.test(domain);
  }
}
