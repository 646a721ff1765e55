package org.meetjar.bridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/** What the bridge says on bridge channels. */
final class ChannelMessageWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ChannelMessageWriter() {}

  static String serverHello() {
    return message("ServerHello").toString();
  }

  static String senderSourceConstraints(String sourceName, int maxHeight) {
    return message("SenderSourceConstraints")
        .put("sourceName", sourceName)
        .put("maxHeight", maxHeight)
        .toString();
  }

  static String forwardedSources(Collection<String> names) {
    ObjectNode message = message("ForwardedSources");
    addAll(message.putArray("forwardedSources"), names);
    return message.toString();
  }

  /** Says which video stream shows what from now on; the streams that are not named stay. */
  static String videoSourcesMap(Collection<StreamSlots.Slot> slots) {
    ObjectNode message = message("VideoSourcesMap");
    ArrayNode mapped = message.putArray("mappedSources");
    for (StreamSlots.Slot slot : slots) {
      mapping(mapped, slot)
          .put("rtx", slot.stream.rtxSsrc & 0xffffffffL)
          .put("videoType", slot.videoType());
    }
    return message.toString();
  }

  /** The same of audio. */
  static String audioSourcesMap(Collection<StreamSlots.Slot> slots) {
    ObjectNode message = message("AudioSourcesMap");
    ArrayNode mapped = message.putArray("mappedSources");
    slots.forEach(slot -> mapping(mapped, slot));
    return message.toString();
  }

  private static ObjectNode mapping(ArrayNode mapped, StreamSlots.Slot slot) {
    return mapped
        .addObject()
        .put("source", slot.source())
        .put("owner", slot.owner())
        .put("ssrc", slot.stream.ssrc & 0xffffffffL);
  }

  static String dominantSpeaker(String speaker, List<String> previous, boolean silence) {
    ObjectNode message =
        message("DominantSpeakerEndpointChangeEvent").put("dominantSpeakerEndpoint", speaker);
    addAll(message.putArray("previousSpeakers"), previous);
    return message.put("silence", silence).toString();
  }

  /** The wire has the flag as a string. */
  static String connectivity(String endpoint, boolean active) {
    return message("EndpointConnectivityStatusChangeEvent")
        .put("endpoint", endpoint)
        .put("active", Boolean.toString(active))
        .toString();
  }

  static String connectionStats(long estimatedDownlinkBandwidth) {
    return message("ConnectionStats")
        .put("estimatedDownlinkBandwidth", estimatedDownlinkBandwidth)
        .toString();
  }

  /** A client's own message, with the sender as we know it. */
  static String from(ObjectNode whole, String sender) {
    return whole.put("from", sender).toString();
  }

  private static ObjectNode message(String colibriClass) {
    return JSON.objectNode().put("colibriClass", colibriClass);
  }

  private static void addAll(ArrayNode array, Collection<String> names) {
    names.forEach(array::add);
  }
}
