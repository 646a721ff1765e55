package org.meetjar.muc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;

/** Delivers to components at once, and keeps what is for everybody else. */
final class RecordingRouter implements Router {
  private final Map<Jid, Component> components = new HashMap<>();
  private final Map<Jid, List<Element>> mailboxes = new HashMap<>();
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

  /** What came for the address since it was last asked. */
  List<Element> take(Jid address) {
    List<Element> mail = mailboxes.remove(address);
    return mail == null ? List.of() : mail;
  }

  boolean answersFor(String domain) {
    return domains.test(domain);
  }
}
