package org.meetjar.load.signal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.load.media.Negotiation;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.xml.Element;

/** A session-initiate of the focus. */
record Offer(
    String sid,
    String initiator,
    Optional<Element> audio,
    Optional<Element> video,
    TransportDescription transport,
    Sources sources) {

  /** Reads an offer; empty if it has no transport. */
  static Optional<Offer> read(Element jingle) {
    return jingle
        .children("content", Ns.JINGLE)
        .flatMap(content -> content.children("transport", Ns.ICE))
        .filter(transport -> transport.has("ufrag"))
        .findFirst()
        .map(
            transport ->
                new Offer(
                    jingle.attribute("sid"),
                    jingle.attribute("initiator"),
                    description(jingle, "audio"),
                    description(jingle, "video"),
                    transport(transport),
                    Sources.read(jingle)));
  }

  private static Optional<Element> description(Element jingle, String name) {
    return jingle
        .children("content", Ns.JINGLE)
        .filter(content -> content.attribute("name").equals(name))
        .findFirst()
        .flatMap(content -> content.child("description", Ns.RTP));
  }

  private static TransportDescription transport(Element transport) {
    List<Fingerprint> fingerprints =
        transport
            .children("fingerprint", Ns.DTLS)
            .map(
                each ->
                    new Fingerprint(
                        each.attribute("hash"), each.text().strip(), each.attribute("setup")))
            .toList();
    List<Candidate> candidates =
        transport
            .children("candidate", Ns.ICE)
            .filter(each -> each.attribute("protocol").equalsIgnoreCase("udp"))
            .map(
                each ->
                    new Candidate(
                        each.attribute("foundation"),
                        1,
                        "udp",
                        0,
                        each.attribute("ip"),
                        number(each, "port"),
                        each.attribute("type"),
                        "",
                        0))
            .toList();
    String url =
        transport.child("web-socket", Ns.COLIBRI).map(each -> each.attribute("url")).orElse("");
    return new TransportDescription(
        transport.attribute("ufrag"), transport.attribute("pwd"), fingerprints, candidates, url);
  }

  Negotiation negotiation() {
    int vp8 = payloadType(video, "vp8", -1);
    return new Negotiation(
        payloadType(audio, "opus", -1),
        vp8,
        payloadType(video, "rtx", vp8),
        extensions(audio),
        extensions(video));
  }

  /** The number of an encoding, or of the repair of another one; -1 if it was not offered. */
  private static int payloadType(Optional<Element> description, String name, int repaired) {
    return description.stream()
        .flatMap(each -> each.children("payload-type", Ns.RTP))
        .filter(type -> type.attribute("name").toLowerCase(Locale.ROOT).equals(name))
        .filter(type -> !name.equals("rtx") || repairs(type, repaired))
        .mapToInt(type -> number(type, "id"))
        .findFirst()
        .orElse(-1);
  }

  private static boolean repairs(Element type, int repaired) {
    return type.children("parameter", Ns.RTP)
        .anyMatch(
            parameter ->
                parameter.attribute("name").equals("apt")
                    && number(parameter, "value") == repaired);
  }

  private static ExtensionMap extensions(Optional<Element> description) {
    Map<String, Integer> ids = new HashMap<>();
    description.stream()
        .flatMap(each -> each.children("rtp-hdrext", Ns.EXTENSIONS))
        .forEach(each -> ids.put(each.attribute("uri"), number(each, "id")));
    return new ExtensionMap(ids);
  }

  static int number(Element element, String attribute) {
    try {
      return Integer.parseInt(element.attribute(attribute));
    } catch (NumberFormatException malformed) {
      return -1;
    }
  }
}
