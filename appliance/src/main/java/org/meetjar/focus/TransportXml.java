package org.meetjar.focus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.xml.Element;

/** Transports as Jingle elements, XEP-0176 and XEP-0320. */
final class TransportXml {
  /** Candidates and fingerprints that one client may list. */
  private static final int MAX_ENTRIES = 64;

  private TransportXml() {}

  static Element write(TransportDescription transport) {
    Element.Builder element =
        Element.of("transport", Namespaces.ICE)
            .set("ufrag", transport.ufrag())
            .set("pwd", transport.password())
            .add(Element.of("rtcp-mux", Namespaces.ICE));
    for (Fingerprint fingerprint : transport.fingerprints()) {
      element.add(
          Element.of("fingerprint", Namespaces.DTLS)
              .set("hash", fingerprint.hash())
              .set("setup", fingerprint.setup())
              .text(fingerprint.value()));
    }
    int index = 0;
    for (Candidate candidate : transport.candidates()) {
      element.add(write(candidate, index++));
    }
    if (!transport.webSocketUrl().isEmpty()) {
      element.add(
          Element.of("web-socket", Namespaces.COLIBRI).set("url", transport.webSocketUrl()));
    }
    return element.build();
  }

  private static Element.Builder write(Candidate candidate, int index) {
    Element.Builder element =
        Element.of("candidate", Namespaces.ICE)
            .set("component", candidate.component())
            .set("foundation", candidate.foundation())
            .set("generation", 0)
            .set("id", "c" + index)
            .set("ip", candidate.address())
            .set("network", 0)
            .set("port", candidate.port())
            .set("priority", candidate.priority())
            .set("protocol", candidate.protocol())
            .set("type", candidate.type());
    if (!candidate.relatedAddress().isEmpty()) {
      element.set("rel-addr", candidate.relatedAddress()).set("rel-port", candidate.relatedPort());
    }
    return element;
  }

  /** The first transport of the contents; a bundle has only one. */
  static Optional<TransportDescription> read(Element jingle) {
    return jingle
        .children("content", Namespaces.JINGLE)
        .flatMap(content -> content.children("transport", Namespaces.ICE))
        .filter(transport -> transport.has("ufrag"))
        .findFirst()
        .map(TransportXml::readTransport);
  }

  private static TransportDescription readTransport(Element transport) {
    List<Fingerprint> fingerprints =
        transport
            .children("fingerprint", Namespaces.DTLS)
            .limit(MAX_ENTRIES)
            .map(
                element ->
                    new Fingerprint(
                        element.attribute("hash"),
                        element.text().strip(),
                        element.attribute("setup")))
            .toList();
    List<Candidate> candidates = new ArrayList<>();
    transport
        .children("candidate", Namespaces.ICE)
        .limit(MAX_ENTRIES)
        .forEach(element -> readCandidate(element).ifPresent(candidates::add));
    return new TransportDescription(
        transport.attribute("ufrag"), transport.attribute("pwd"), fingerprints, candidates, "");
  }

  /** Empty for what makes no sense: the bridge finds the client's address by its checks. */
  private static Optional<Candidate> readCandidate(Element element) {
    OptionalInt component = number(element, "component");
    OptionalInt port = number(element, "port");
    long priority;
    try {
      priority = Long.parseLong(element.attribute("priority"));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    if (component.isEmpty() || port.isEmpty() || port.getAsInt() > 0xffff) {
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            element.attribute("foundation"),
            component.getAsInt(),
            element.attribute("protocol"),
            priority,
            element.attribute("ip"),
            port.getAsInt(),
            element.attribute("type"),
            element.attribute("rel-addr"),
            number(element, "rel-port").orElse(0)));
  }

  private static OptionalInt number(Element element, String attribute) {
    try {
      return OptionalInt.of(Integer.parseUnsignedInt(element.attribute(attribute)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
