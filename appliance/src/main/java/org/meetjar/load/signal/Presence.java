package org.meetjar.load.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meetjar.load.media.Person;
import org.meetjar.xml.Element;

/** What a client says of itself in its presence, and when it is asked for its features. */
final class Presence {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NODE = "https://jitsi.org/jitsi-meet";

  private static final List<String> FEATURES =
      List.of(
          "urn:xmpp:jingle:1",
          "urn:xmpp:jingle:apps:rtp:1",
          "urn:xmpp:jingle:apps:rtp:audio",
          "urn:xmpp:jingle:apps:rtp:video",
          "urn:xmpp:jingle:transports:ice-udp:1",
          "urn:xmpp:jingle:apps:dtls:0",
          "urn:ietf:rfc:4588",
          "http://jitsi.org/tcc",
          "http://jitsi.org/json-encoded-sources",
          "http://jitsi.org/source-name",
          "http://jitsi.org/receive-multiple-video-streams",
          "http://jitsi.org/ssrc-rewriting-1",
          "http://jitsi.org/start-muted-room-metadata");

  private Presence() {}

  /** The children of the first presence, besides the room's own. */
  static List<Element> write(Person person) {
    return List.of(
        Element.of("stats-id", Ns.CLIENT).text("Load-" + person.number()).build(),
        Element.of("nick", Ns.NICK).text("Load " + (person.number() + 1)).build(),
        Element.of("jitsi_participant_codecList", Ns.CLIENT).text("vp8").build(),
        sourceInfo(person, true));
  }

  /** A later presence: camera and microphone are on. */
  static Element unmuted(Person person, Element.Builder presence) {
    return presence.addAll(write(person).subList(0, 3)).add(sourceInfo(person, false)).build();
  }

  private static Element sourceInfo(Person person, boolean muted) {
    String camera =
        person.shape().layers().isEmpty()
            ? ""
            : ",\"" + person.nick() + "-v0\":{\"muted\":" + muted + "}";
    return Element.of("SourceInfo", Ns.CLIENT)
        .text("{\"" + person.nick() + "-a0\":{\"muted\":" + muted + "}" + camera + "}")
        .build();
  }

  /** The names of the videos that somebody says to be sending. */
  static List<String> videos(Element presence) {
    List<String> names = new ArrayList<>();
    presence
        .child("SourceInfo", Ns.CLIENT)
        .ifPresent(
            info -> {
              try {
                for (Map.Entry<String, JsonNode> source : JSON.readTree(info.text()).properties()) {
                  boolean video = source.getKey().matches(".*-v\\d+");
                  if (video && !source.getValue().path("muted").asBoolean()) {
                    names.add(source.getKey());
                  }
                }
              } catch (JsonProcessingException malformed) {
                // Nothing is known of such sources.
              }
            });
    return names;
  }

  /** The answer to a question for our features. */
  static Element features(String node) {
    Element.Builder query = Element.of("query", Ns.DISCO_INFO);
    if (!node.isEmpty()) {
      query.set("node", node);
    }
    query.add(
        Element.of("identity", Ns.DISCO_INFO)
            .set("category", "client")
            .set("type", "web")
            .set("name", NODE));
    FEATURES.forEach(
        feature -> query.add(Element.of("feature", Ns.DISCO_INFO).set("var", feature)));
    return query.build();
  }
}
