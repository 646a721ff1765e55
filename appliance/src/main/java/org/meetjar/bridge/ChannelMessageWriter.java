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
