package org.meetjar.load.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.loop.Loop;

/** One client's channel to its bridge. Belongs to the signalling loop. */
final class BridgeChannel implements TextSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TextSocket socket;
  private final Listener listener;
  private boolean greeted;

  /** Hears what the bridge says. */
  interface Listener {
    /** It has greeted. */
    void ready();

    /** It wants no more of our camera; in pixels. */
    void maxHeight(int height);

    /** Some streams stand for others from now on. */
    void mapped(List<Sources.Mapping> mappings, boolean video);

    void closed(String why);
  }

  BridgeChannel(Web web, URI uri, Loop loop, Listener listener) {
    this.listener = listener;
    socket = TextSocket.open(web, uri, "", loop, this);
  }

  boolean isReady() {
    return greeted;
  }

  void send(String json) {
    socket.send(json);
  }

  @Override
  public void opened() {
    send("{\"colibriClass\":\"ClientHello\"}");
  }

  @Override
  public void text(String text) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      return;
    }
    switch (message.path("colibriClass").asText()) {
      case "ServerHello" -> {
        if (!greeted) {
          greeted = true;
          listener.ready();
        }
      }
      case "SenderSourceConstraints" -> {
        if (message.path("sourceName").asText().endsWith("-v0")) {
          listener.maxHeight(message.path("maxHeight").asInt());
        }
      }
      case "VideoSourcesMap" -> listener.mapped(mappings(message), true);
      case "AudioSourcesMap" -> listener.mapped(mappings(message), false);
      default -> {}
    }
  }

  @Override
  public void closed(String why) {
    listener.closed(why);
  }

  private static List<Sources.Mapping> mappings(JsonNode message) {
    List<Sources.Mapping> mappings = new ArrayList<>();
    for (JsonNode each : message.path("mappedSources")) {
      mappings.add(
          new Sources.Mapping(
              each.path("owner").asText(),
              each.path("source").asText(),
              (int) each.path("ssrc").asLong(),
              (int) each.path("rtx").asLong()));
    }
    return mappings;
  }

  void close() {
    socket.close();
  }
}
