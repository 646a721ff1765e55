package org.meetjar.focus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/**
 * Somebody wants to meet in a room.
 *
 * @param from who asks, when it is known: not over HTTP
 * @param room as the client wrote it
 * @param machineUid the client's own name for the machine it runs on, or empty
 * @param sessionId of the login that the client remembers, or empty
 * @param properties wishes for the conference, such as {@code startAudioMuted}
 */
public record ConferenceRequest(
    Optional<Jid> from,
    String room,
    String machineUid,
    String sessionId,
    Map<String, String> properties) {
  /** Properties of one request that are looked at. */
  private static final int MAX_PROPERTIES = 32;

  public ConferenceRequest {
    properties = Map.copyOf(properties);
  }

  static ConferenceRequest of(Jid from, Element conference) {
    Map<String, String> properties = new LinkedHashMap<>();
    conference
        .children("property", Namespaces.FOCUS)
        .limit(MAX_PROPERTIES)
        .forEach(
            property -> properties.put(property.attribute("name"), property.attribute("value")));
    return new ConferenceRequest(
        Optional.of(from),
        conference.attribute("room"),
        conference.attribute("machine-uid"),
        conference.attribute("session-id"),
        properties);
  }
}
