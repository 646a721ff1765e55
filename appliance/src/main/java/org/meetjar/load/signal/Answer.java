package org.meetjar.load.signal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.load.media.LocalSources;
import org.meetjar.load.media.Negotiation;
import org.meetjar.load.media.Person;
import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.xml.Element;

/** The session-accept of a client: Opus, VP8 in simulcast with retransmission. */
final class Answer {
  private final Offer offer;
  private final Negotiation negotiation;
  private final Person person;
  private final Fingerprint fingerprint;

  Answer(Offer offer, Person person, Fingerprint fingerprint) {
    this.offer = offer;
    this.negotiation = offer.negotiation();
    this.person = person;
    this.fingerprint = fingerprint;
  }

  /**
   * @param responder our full JID
   */
  Element toElement(String responder, int lastN) {
    Element.Builder group = Element.of("group", Ns.GROUPING).set("semantics", "BUNDLE");
    Element.Builder jingle =
        Element.of("jingle", Ns.JINGLE)
            .set("action", "session-accept")
            .set("initiator", offer.initiator())
            .set("responder", responder)
            .set("sid", offer.sid());
    offer
        .audio()
        .ifPresent(
            description -> {
              Set<Integer> types = Set.of(negotiation.opus());
              Element.Builder chosen = chosen("audio", description, types, negotiation.audio());
              microphone(chosen);
              jingle.add(content("audio", chosen));
              group.add(Element.of("content", Ns.GROUPING).set("name", "audio"));
            });
    offer
        .video()
        .ifPresent(
            description -> {
              Set<Integer> types =
                  negotiation.rtx() < 0
                      ? Set.of(negotiation.vp8())
                      : Set.of(negotiation.vp8(), negotiation.rtx());
              Element.Builder chosen = chosen("video", description, types, negotiation.video());
              camera(chosen);
              jingle.add(
                  content("video", chosen)
                      .add(Element.of("initial-last-n", Ns.COLIBRI2).set("value", lastN)));
              group.add(Element.of("content", Ns.GROUPING).set("name", "video"));
            });
    return jingle.add(group).build();
  }

  private Element.Builder content(String name, Element.Builder description) {
    return Element.of("content", Ns.JINGLE)
        .set("creator", "responder")
        .set("name", name)
        .set("senders", "both")
        .add(description)
        .add(transport());
  }

  private Element.Builder transport() {
    return Element.of("transport", Ns.ICE)
        .set("ufrag", person.ufrag())
        .set("pwd", person.password())
        .add(Element.of("rtcp-mux", Ns.ICE))
        .add(
            Element.of("fingerprint", Ns.DTLS)
                .set("hash", fingerprint.hash())
                .set("setup", fingerprint.setup())
                .text(fingerprint.value()));
  }

  /** The offered description without what we have not. */
  private static Element.Builder chosen(
      String media, Element offered, Set<Integer> types, ExtensionMap extensions) {
    Element.Builder description = Element.of("description", Ns.RTP).set("media", media);
    offered
        .children("payload-type", Ns.RTP)
        .filter(type -> types.contains(Offer.number(type, "id")))
        .forEach(description::add);
    List<Integer> known =
        List.of(
            extensions.id(ExtensionKind.AUDIO_LEVEL),
            extensions.id(ExtensionKind.ABS_SEND_TIME),
            extensions.id(ExtensionKind.TRANSPORT_CC));
    offered
        .children("rtp-hdrext", Ns.EXTENSIONS)
        .filter(extension -> known.contains(Offer.number(extension, "id")))
        .forEach(description::add);
    return description
        .add(Element.of("extmap-allow-mixed", Ns.EXTENSIONS))
        .add(Element.of("rtcp-mux", Ns.RTP));
  }

  private void microphone(Element.Builder description) {
    description.add(source(person.sources().microphone(), "a", Optional.empty()));
  }

  private void camera(Element.Builder description) {
    LocalSources sources = person.sources();
    int layers = sources.camera().size();
    if (layers == 0 || negotiation.vp8() < 0) {
      return;
    }
    boolean repaired = negotiation.rtx() >= 0;
    for (int i = 0; i < layers; i++) {
      description.add(source(sources.camera().get(i), "v", Optional.of("camera")));
      if (repaired) {
        description.add(source(sources.repairs().get(i), "v", Optional.of("camera")));
      }
    }
    if (layers > 1) {
      description.add(group("SIM", sources.camera()));
    }
    for (int i = 0; i < layers && repaired; i++) {
      description.add(group("FID", List.of(sources.camera().get(i), sources.repairs().get(i))));
    }
  }

  private Element.Builder source(int ssrc, String kind, Optional<String> videoType) {
    String stream = person.nick() + "-" + (kind.equals("a") ? "audio" : "video") + "-0-1";
    Element.Builder source =
        Element.of("source", Ns.SOURCES)
            .set("ssrc", Integer.toUnsignedString(ssrc))
            .set("name", person.nick() + "-" + kind + "0");
    videoType.ifPresent(type -> source.set("videoType", type));
    return source.add(
        Element.of("parameter", Ns.SOURCES)
            .set("name", "msid")
            .set("value", stream + " " + stream + "-track"));
  }

  private static Element.Builder group(String semantics, List<Integer> ssrcs) {
    Element.Builder group = Element.of("ssrc-group", Ns.SOURCES).set("semantics", semantics);
    ssrcs.forEach(
        ssrc ->
            group.add(
                Element.of("source", Ns.SOURCES).set("ssrc", Integer.toUnsignedString(ssrc))));
    return group;
  }
}
