package org.meetjar.load.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.function.IntConsumer;
import org.meetjar.loop.Loop;

/** One client's channel to its bridge. Belongs to the signalling loop. */
final class BridgeChannel implements TextSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TextSocket socket;
  private final Runnable ready;
  private final IntConsumer maxHeight;
  private final java.util.function.Consumer<String> closed;
  private boolean greeted;

  /**
   * @param ready is called when the bridge has greeted
   * @param maxHeight is told what the bridge wants of our camera
   */
  BridgeChannel(
      Web web,
      URI uri,
      Loop loop,
      Runnable ready,
      IntConsumer maxHeight,
      java.util.function.Consumer<String> closed) {
    this.ready = ready;
    this.maxHeight = maxHeight;
    this.closed = closed;
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
          ready.run();
        }
      }
      case "SenderSourceConstraints" -> {
        if (message.path("sourceName").asText().endsWith("-v0")) {
          maxHeight.accept(message.path("maxHeight").asInt());
        }
      }
      default -> {}
    }
  }

  @Override
  public void closed(String why) {
    closed.accept(why);
  }

  void close() {
    socket.close();
  }
}
