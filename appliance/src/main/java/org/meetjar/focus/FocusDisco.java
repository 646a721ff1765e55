package org.meetjar.focus;

import java.util.List;
import org.meetjar.xml.Element;

/** What the focus says of itself (XEP-0030). */
final class FocusDisco {
  private static final String NODE = "https://meetjar.org/focus";

  private static final List<String> FEATURES =
      List.of(
          Namespaces.CAPS,
          Namespaces.DISCO_INFO,
          Namespaces.JINGLE,
          Namespaces.RTP,
          Namespaces.ICE,
          Namespaces.DTLS,
          Namespaces.SOURCES,
          Namespaces.PING,
          Features.JSON_SOURCES);

  private static final Element INFO = info();

  private static final Element CAPS =
      Element.of("c", Namespaces.CAPS)
          .set("hash", "sha-1")
          .set("node", NODE)
          .set("ver", Capabilities.verification(INFO))
          .build();

  private FocusDisco() {}

  /** The answer to a disco#info request, whatever node it names. */
  static Element info(Element request) {
    return request.has("node") ? INFO.with("node", request.attribute("node")) : INFO;
  }

  /** For presence, XEP-0115. */
  static Element caps() {
    return CAPS;
  }

  /** For presence, as occupants of a room read it without asking. */
  static Element features() {
    return Element.of("features", Namespaces.CLIENT)
        .add(Element.of("feature", Namespaces.CLIENT).set("var", Features.JSON_SOURCES))
        .build();
  }

  private static Element info() {
    Element.Builder query =
        Element.of("query", Namespaces.DISCO_INFO)
            .add(
                Element.of("identity", Namespaces.DISCO_INFO)
                    .set("category", "component")
                    .set("type", "conference")
                    .set("name", "Meetjar focus"));
    FEATURES.forEach(
        feature -> query.add(Element.of("feature", Namespaces.DISCO_INFO).set("var", feature)));
    return query.build();
  }
}
