package org.meetjar.focus;

import java.util.List;
import java.util.Map;
import org.meetjar.colibri.HeaderExtension;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.PayloadType;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.xml.Element;

/**
 * What a session-initiate offers.
 *
 * @param sources of the others and of the bridge, by owner
 */
record Offer(
    String sid,
    String bridgeSessionId,
    List<MediaDescription> media,
    TransportDescription transport,
    Map<String, SourceSet> sources,
    boolean jsonSources,
    boolean startAudioMuted,
    boolean startVideoMuted) {

  Element toElement(String initiator) {
    Element.Builder jingle =
        Element.of("jingle", Namespaces.JINGLE)
            .set("action", "session-initiate")
            .set("initiator", initiator)
            .set("sid", sid);
    Element transportElement = TransportXml.write(transport);
    Element.Builder group = Element.of("group", Namespaces.GROUPING).set("semantics", "BUNDLE");
    for (MediaDescription description : media) {
      String name = description.kind().wireName();
      jingle.add(
          Element.of("content", Namespaces.JINGLE)
              .set("creator", "initiator")
              .set("name", name)
              .set("senders", "both")
              .add(describe(description))
              .add(transportElement));
      group.add(Element.of("content", Namespaces.GROUPING).set("name", name));
    }
    jingle
        .add(group)
        .add(Element.of("bridge-session", Namespaces.FOCUS).set("id", bridgeSessionId));
    if (startAudioMuted || startVideoMuted) {
      jingle.add(
          Element.of("startmuted", Namespaces.START_MUTED)
              .set("audio", Boolean.toString(startAudioMuted))
              .set("video", Boolean.toString(startVideoMuted)));
    }
    if (jsonSources) {
      jingle.add(SourceJson.write(sources));
    }
    return jingle.build();
  }

  private Element.Builder describe(MediaDescription media) {
    Element.Builder description =
        Element.of("description", Namespaces.RTP).set("media", media.kind().wireName());
    media.payloadTypes().forEach(type -> description.add(describe(type)));
    for (HeaderExtension extension : media.headerExtensions()) {
      description.add(
          Element.of("rtp-hdrext", Namespaces.HEADER_EXTENSIONS)
              .set("id", extension.id())
              .set("uri", extension.uri()));
    }
    description
        .add(Element.of("extmap-allow-mixed", Namespaces.HEADER_EXTENSIONS))
        .add(Element.of("rtcp-mux", Namespaces.RTP));
    if (!jsonSources) {
      description.addAll(SourceXml.write(sources, media.kind()));
    }
    return description;
  }

  private static Element.Builder describe(PayloadType type) {
    Element.Builder element =
        Element.of("payload-type", Namespaces.RTP)
            .set("id", type.id())
            .set("name", type.name())
            .set("clockrate", type.clockRate());
    if (type.channels() > 1) {
      element.set("channels", type.channels());
    }
    type.parameters()
        .forEach(
            (name, value) ->
                element.add(
                    Element.of("parameter", Namespaces.RTP).set("name", name).set("value", value)));
    for (String feedback : type.feedback()) {
      int space = feedback.indexOf(' ');
      Element.Builder child =
          Element.of("rtcp-fb", Namespaces.RTCP_FEEDBACK)
              .set("type", space < 0 ? feedback : feedback.substring(0, space));
      if (space > 0) {
        child.set("subtype", feedback.substring(space + 1));
      }
      element.add(child);
    }
    return element;
  }
}
