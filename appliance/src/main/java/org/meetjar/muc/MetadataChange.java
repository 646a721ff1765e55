package org.meetjar.muc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import org.meetjar.xmpp.StanzaError;

/** One key of a room's metadata and its new value, as a moderator sets it. */
record MetadataChange(String key, JsonNode data) {
  /** Keys that one room may have; clients know about a dozen. */
  static final int MAX_KEYS = 64;

  private static final int MAX_KEY_LENGTH = 64;
  private static final int MAX_DEPTH = 16;

  /** Keys whose values come from the server, which clients trust for it. */
  private static final Set<String> SERVER_MADE =
      Set.of(
          "allownersEnabled",
          "asyncTranscription",
          "audioTranslationRequests",
          "conferencePresetsServiceEnabled",
          "dialinEnabled",
          "lobbyEnabled",
          "moderators",
          "participants",
          "participantsSoftLimit",
          "services",
          "transcriberType",
          "transcription",
          "visitorsEnabled");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static MetadataChange parse(String json) throws Refusal {
    JsonNode message;
    try {
      message = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new Refusal(StanzaError.BAD_REQUEST, "This is not JSON as it should be");
    }
    String key = message.path("key").asText("");
    JsonNode data = message.path("data");
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || data.isMissingNode() || data.isNull()) {
      throw new Refusal(StanzaError.BAD_REQUEST, "Key or data is missing");
    }
    if (SERVER_MADE.contains(key)) {
      throw new Refusal(StanzaError.NOT_ALLOWED, "This key is the server's");
    }
    return new MetadataChange(key, data);
  }
}
