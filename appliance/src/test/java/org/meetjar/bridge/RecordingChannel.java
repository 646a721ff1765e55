package org.meetjar.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelListener;

/** A bridge channel without a network: it keeps what is sent. */
final class RecordingChannel implements TextChannel {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<JsonNode> received = new ArrayList<>();
  int closeCode;
  String closeReason = "";
  TextChannelListener listener;

  @Override
  public void send(String message) {
    try {
      received.add(JSON.readTree(message));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close(int code, String reason) {
    closeCode = code;
    closeReason = reason;
  }

  @Override
  public void abort() {
    closeCode = 1006;
  }

  @Override
  public String remoteAddress() {
    return "127.0.0.1";
  }

  @Override
  public String query(String name) {
    return "";
  }

  /** What came of a class, in order. */
  List<JsonNode> all(String colibriClass) {
    return received.stream()
        .filter(message -> message.path("colibriClass").asText().equals(colibriClass))
        .toList();
  }

  /** The last of a class; there must be one. */
  JsonNode last(String colibriClass) {
    List<JsonNode> all = all(colibriClass);
    if (all.isEmpty()) {
      throw new AssertionError("no " + colibriClass + " in " + received);
    }
    return all.get(all.size() - 1);
  }
}
