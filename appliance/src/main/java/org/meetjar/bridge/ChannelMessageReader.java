package org.meetjar.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.meetjar.bridge.ReceiverConstraints.Limit;

/** Reads what clients say on bridge channels. Never throws for what a peer wrote. Any thread. */
final class ChannelMessageReader {
  private static final int MAX_NAMES = 500;
  private static final int MAX_NAME = 128;

  private final int maxLength;

  /** Made with the first message, since its many classes would delay the start. */
  private volatile Optional<ObjectMapper> mapper = Optional.empty();

  ChannelMessageReader(int maxLength) {
    this.maxLength = maxLength;
  }

  private ObjectMapper mapper() {
    Optional<ObjectMapper> made = mapper;
    if (made.isEmpty()) {
      made = Optional.of(make(maxLength));
      mapper = made;
    }
    return made.get();
  }

  private static ObjectMapper make(int maxLength) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(32)
                    .maxNameLength(256)
                    .maxStringLength(maxLength)
                    .maxDocumentLength(maxLength)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  ChannelMessage read(String text) {
    try {
      if (mapper().readTree(text) instanceof ObjectNode message) {
        return read(message);
      }
      return new ChannelMessage.Refused("not an object");
    } catch (JsonProcessingException e) {
      return new ChannelMessage.Refused("malformed JSON");
    } catch (Malformed e) {
      return new ChannelMessage.Refused(e.why);
    }
  }

  private static ChannelMessage read(ObjectNode message) throws Malformed {
    JsonNode type = message.path("colibriClass");
    String colibriClass = type.isTextual() ? type.textValue() : "";
    return switch (colibriClass) {
      case "ClientHello" -> new ChannelMessage.Hello();
      case "ReceiverVideoConstraints" -> new ChannelMessage.VideoConstraints(constraints(message));
      case "LastNChangedEvent" ->
          new ChannelMessage.LastN(
              integer(message, "lastN").orElseThrow(() -> new Malformed("no lastN")));
      case "ReceiverAudioSubscription" -> new ChannelMessage.AudioWishes(audio(message));
      case "SourceVideoTypeMessage" ->
          new ChannelMessage.VideoType(name(message.path("sourceName")), videoKind(message));
      case "VideoTypeMessage" -> new ChannelMessage.VideoType("", videoKind(message));
      case "EndpointMessage" -> {
        if (!message.has("msgPayload")) {
          throw new Malformed("no msgPayload");
        }
        String to = message.path("to").isTextual() ? name(message.path("to")) : "";
        yield new ChannelMessage.ForEndpoints(to, message);
      }
      case "EndpointStats" -> new ChannelMessage.Statistics(message);
      case "" -> throw new Malformed("no colibriClass");
      default -> new ChannelMessage.Ignored(colibriClass);
    };
  }

  private static ReceiverConstraints.Change constraints(ObjectNode message) throws Malformed {
    return new ReceiverConstraints.Change(
        integer(message, "lastN"),
        eitherNames(message, "selectedSources", "selectedEndpoints"),
        eitherNames(message, "onStageSources", "onStageEndpoints"),
        message.has("defaultConstraints")
            ? Optional.of(limit(message.get("defaultConstraints")))
            : Optional.empty(),
        limits(message),
        number(message, "assumedBandwidthBps"));
  }

  private static Optional<Map<String, Limit>> limits(ObjectNode message) throws Malformed {
    JsonNode node = message.get("constraints");
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isObject() || node.size() > MAX_NAMES) {
      throw new Malformed("constraints");
    }
    Map<String, Limit> limits = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      limits.put(entry.getKey(), limit(entry.getValue()));
    }
    return Optional.of(limits);
  }

  private static Limit limit(JsonNode node) throws Malformed {
    if (!node.isObject()) {
      throw new Malformed("constraint");
    }
    JsonNode rate = node.path("maxFrameRate");
    return new Limit(
        integer((ObjectNode) node, "maxHeight").orElse(ReceiverConstraints.UNLIMITED),
        rate.isNumber() ? rate.doubleValue() : ReceiverConstraints.UNLIMITED);
  }

  private static AudioSubscription audio(ObjectNode message) throws Malformed {
    if (message.has("mode")) {
      Set<String> list = new HashSet<>(names(message, "list").orElse(List.of()));
      return switch (message.path("mode").asText("").toLowerCase(Locale.ROOT)) {
        case "all" -> AudioSubscription.EVERYTHING;
        case "none" -> new AudioSubscription(false, Set.of(), Set.of());
        case "include" -> new AudioSubscription(false, list, Set.of());
        case "exclude" -> new AudioSubscription(true, Set.of(), list);
        default -> throw new Malformed("mode");
      };
    }
    return new AudioSubscription(
        message.path("all").asBoolean(false),
        new HashSet<>(names(message, "include").orElse(List.of())),
        new HashSet<>(names(message, "exclude").orElse(List.of())));
  }

  private static Source.VideoKind videoKind(ObjectNode message) throws Malformed {
    return switch (message.path("videoType").asText("").toLowerCase(Locale.ROOT)) {
      case "camera" -> Source.VideoKind.CAMERA;
      case "desktop", "desktop_high_fps" -> Source.VideoKind.DESKTOP;
      case "none" -> Source.VideoKind.NONE;
      default -> throw new Malformed("videoType");
    };
  }

  private static Optional<List<String>> eitherNames(ObjectNode message, String now, String before)
      throws Malformed {
    Optional<List<String>> names = names(message, now);
    return names.isPresent() ? names : names(message, before);
  }

  private static Optional<List<String>> names(ObjectNode message, String field) throws Malformed {
    JsonNode node = message.get(field);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isArray() || node.size() > MAX_NAMES) {
      throw new Malformed(field);
    }
    List<String> names = new ArrayList<>();
    for (JsonNode entry : node) {
      names.add(name(entry));
    }
    return Optional.of(names);
  }

  private static String name(JsonNode node) throws Malformed {
    if (!node.isTextual() || node.textValue().length() > MAX_NAME) {
      throw new Malformed("a name");
    }
    return node.textValue();
  }

  private static OptionalInt integer(ObjectNode message, String field) throws Malformed {
    OptionalLong number = number(message, field);
    return number.isPresent()
        ? OptionalInt.of((int) Math.max(-1, Math.min(Integer.MAX_VALUE, number.getAsLong())))
        : OptionalInt.empty();
  }

  private static OptionalLong number(ObjectNode message, String field) throws Malformed {
    JsonNode node = message.get(field);
    if (node == null || node.isNull()) {
      return OptionalLong.empty();
    }
    if (!node.isNumber()) {
      throw new Malformed(field);
    }
    return OptionalLong.of(node.asLong());
  }

  /** A verdict on its way out of the reader; not seen outside. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    Malformed(String why) {
      super(why, null, false, false);
      this.why = why;
    }
  }
}
