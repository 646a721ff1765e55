package org.meetjar.focus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/**
 * Finds out what occupants' clients can do: asks them, and remembers answers by the verification
 * string in their presence. An answer that does not match its string serves the one who gave it and
 * nobody else, so that no client can speak for another (XEP-0115 section 8).
 */
final class FeatureDiscovery {
  /** Kinds of clients that are remembered; each keeps some 2 kB. */
  private static final int MAX_REMEMBERED = 256;

  /** Features of one client that are looked at. */
  private static final int MAX_FEATURES = 256;

  private final Jid self;
  private final Iqs iqs;
  private final Map<String, Set<String>> byVerification =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  FeatureDiscovery(Jid self, Iqs iqs) {
    this.self = self;
    this.iqs = iqs;
  }

  /** Answers exactly once: at once when the client's kind is known, and with defaults at worst. */
  void discover(Occupant occupant, Consumer<Set<String>> answer) {
    Optional<Element> caps =
        occupant
            .presence()
            .child("c", Namespaces.CAPS)
            .filter(c -> c.has("node") && c.has("ver") && c.attribute("hash").equals("sha-1"));
    String node = caps.map(c -> c.attribute("node") + "#" + c.attribute("ver")).orElse("");
    Set<String> known = byVerification.get(node);
    if (known != null) {
      answer.accept(known);
      return;
    }
    Element.Builder query = Element.of("query", Namespaces.DISCO_INFO);
    if (!node.isEmpty()) {
      query.set("node", node);
    }
    iqs.request(
        Stanzas.iq("get", self, occupant.address()).add(query),
        outcome -> {
          Optional<Element> info =
              outcome.isResult()
                  ? outcome.answer().child("query", Namespaces.DISCO_INFO)
                  : Optional.empty();
          Set<String> features = info.map(FeatureDiscovery::features).orElse(Features.DEFAULT);
          if (caps.isPresent()
              && info.isPresent()
              && Capabilities.same(
                  Capabilities.verification(info.get()), caps.get().attribute("ver"))) {
            byVerification.put(node, features);
          }
          answer.accept(features);
        });
  }

  int remembered() {
    return byVerification.size();
  }

  private static Set<String> features(Element query) {
    return query
        .children("feature", Namespaces.DISCO_INFO)
        .limit(MAX_FEATURES)
        .map(feature -> feature.attribute("var"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
