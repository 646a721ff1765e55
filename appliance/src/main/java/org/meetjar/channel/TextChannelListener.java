package org.meetjar.channel;

/**
 * The receiving side of a channel. Called on the web server's threads, one call at a time, in
 * order; implementations hop to the loop that owns their state and return at once.
 */
public interface TextChannelListener {
  void onText(String message);

  /**
   * The channel is gone; called exactly once, whoever closed it.
   *
   * @param code the WebSocket close code, 1006 when the connection broke
   */
  void onClosed(int code, String reason);
}
