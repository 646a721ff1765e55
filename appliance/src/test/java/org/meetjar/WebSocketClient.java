package org.meetjar;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** A WebSocket that says what a test has it say, and collects what comes: whole messages. */
public final class WebSocketClient {
  public final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  /** The code with which the other side has closed it. */
  public final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();

  public final WebSocket socket;

  /**
   * @param subprotocol may be empty
   */
  public WebSocketClient(String url, String subprotocol) {
    this(subprotocol.isEmpty() ? builder() : builder().subprotocols(subprotocol), URI.create(url));
  }

  public WebSocketClient(WebSocket.Builder builder, URI uri) {
    socket = builder.buildAsync(uri, new Listener()).join();
  }

  private static WebSocket.Builder builder() {
    return HttpClient.newHttpClient().newWebSocketBuilder();
  }

  public void send(String text) {
    socket.sendText(text, true).join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        received.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.add(code);
      return null;
    }
  }
}
