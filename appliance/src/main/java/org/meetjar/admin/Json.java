package org.meetjar.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;

/** JSON in and out. */
final class Json {
  private static final String TYPE = "application/json";
  private static final int MAX_DEPTH = 8;
  private static final int TAG_DIGITS = 24;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
  }

  private Json() {}

  static ApiAnswer answer(int status, Object value) {
    try {
      return new ApiAnswer(status, TYPE, MAPPER.writeValueAsBytes(value), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists can be written", e);
    }
  }

  /** An answer that clients may keep and ask about (RFC 9110 section 8.8.3). */
  static ApiAnswer tagged(ApiRequest request, Object value) {
    ApiAnswer full = answer(200, value);
    String tag = tag(full);
    if (request.header("if-none-match").equals(tag)) {
      return ApiAnswer.empty(304).with("ETag", tag);
    }
    return full.with("ETag", tag).with("Cache-Control", "no-cache");
  }

  /** Refuses a change that was made to something other than this. */
  static void refuseChanged(ApiRequest request, Object present) {
    String expected = request.header("if-match");
    if (!expected.isEmpty() && !expected.equals(tag(answer(200, present)))) {
      throw Problem.changed();
    }
  }

  private static String tag(ApiAnswer answer) {
    String hex =
        HexFormat.of()
            .formatHex(
                Secrets.hash(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)));
    return "\"" + hex.substring(0, TAG_DIGITS) + "\"";
  }

  static ApiAnswer refusal(Problem problem) {
    ApiAnswer answer =
        answer(problem.status, Map.of("error", problem.code, "text", problem.getMessage()));
    return problem.status == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
  }

  /** The object that a request brings. */
  static Body body(ApiRequest request) {
    String type = request.header("content-type").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase(TYPE)) {
      throw Problem.malformed("Send JSON, with the content type " + TYPE + ".");
    }
    try {
      JsonNode node = MAPPER.readTree(request.body());
      if (node == null || !node.isObject()) {
        throw Problem.malformed("Send a JSON object.");
      }
      return new Body(node);
    } catch (IOException e) {
      throw Problem.malformed("This is no JSON.");
    }
  }

  /** An object that came with a request. */
  record Body(JsonNode node) {
    boolean has(String key) {
      return node.has(key);
    }

    String text(String key) {
      JsonNode value = node.get(key);
      if (value == null || !value.isTextual()) {
        throw Problem.malformed("The text " + key + " is missing.");
      }
      return value.textValue();
    }

    boolean flag(String key) {
      JsonNode value = node.get(key);
      if (value == null || !value.isBoolean()) {
        throw Problem.malformed("The word " + key + " must be true or false.");
      }
      return value.booleanValue();
    }
  }
}
