package org.meetjar.load.signal;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.meetjar.loop.Loop;

/** A WebSocket of text messages, as the signalling loop uses it. Belongs to the loop. */
final class TextSocket implements WebSocket.Listener {
  private final URI uri;
  private final Loop loop;
  private final Listener listener;
  private final Queue<String> waiting = new ArrayDeque<>();
  private final StringBuilder partial = new StringBuilder();
  private Optional<WebSocket> socket = Optional.empty();
  private boolean sending;
  private boolean ended;

  /** Called on the loop. */
  interface Listener {
    void opened();

    void text(String text);

    /** It has ended or could not be opened; the last call. */
    void closed(String why);
  }

  private TextSocket(URI uri, Loop loop, Listener listener) {
    this.uri = uri;
    this.loop = loop;
    this.listener = listener;
  }

  static TextSocket open(Web web, URI uri, String subprotocol, Loop loop, Listener listener) {
    TextSocket socket = new TextSocket(uri, loop, listener);
    var unused =
        web.socket(uri, subprotocol, socket)
            .whenComplete(
                (opened, failure) ->
                    loop.execute(
                        () -> {
                          if (failure == null) {
                            socket.opened(opened);
                          } else {
                            socket.end(Web.sentence(uri, failure));
                          }
                        }));
    return socket;
  }

  private void opened(WebSocket opened) {
    if (ended) {
      opened.abort();
      return;
    }
    socket = Optional.of(opened);
    listener.opened();
    sendNext();
  }

  void send(String text) {
    if (!ended) {
      waiting.add(text);
      sendNext();
    }
  }

  private void sendNext() {
    if (sending || ended || socket.isEmpty() || waiting.isEmpty()) {
      return;
    }
    sending = true;
    var unused =
        socket
            .get()
            .sendText(waiting.remove(), true)
            .whenComplete(
                (sent, failure) ->
                    loop.execute(
                        () -> {
                          sending = false;
                          if (failure == null) {
                            sendNext();
                          } else {
                            end("the connection to " + uri.getHost() + " broke");
                          }
                        }));
  }

  /** Closes without a word: what had to be said was sent. */
  void close() {
    ended = true;
    socket.ifPresent(
        open -> {
          var unused =
              open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, f) -> open.abort());
        });
  }

  private void end(String why) {
    if (!ended) {
      ended = true;
      listener.closed(why);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      String whole = partial.toString();
      partial.setLength(0);
      loop.execute(
          () -> {
            if (!ended) {
              listener.text(whole);
            }
          });
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    String why = reason.isEmpty() ? "status " + status : reason;
    loop.execute(() -> end("the server closed the connection (" + why + ")"));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    loop.execute(() -> end("the connection broke (" + Web.oneLine(failure) + ")"));
  }
}
