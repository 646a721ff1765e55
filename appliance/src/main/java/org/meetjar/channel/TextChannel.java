package org.meetjar.channel;

/**
 * The sending side of a channel. Every method may be called from any thread and none blocks.
 * Messages leave in the order in which they were given.
 */
public interface TextChannel {
  /**
   * Queues a message. The queue is bounded by bytes and by age: a peer that doesn't read is cut
   * off, and its listener hears {@link TextChannelListener#onClosed}.
   */
  void send(String message);

  /**
   * Closes after what was queued has left.
   *
   * @param code a WebSocket close code, RFC 6455 section 7.4
   */
  void close(int code, String reason);

  /** Cuts the connection without a closing handshake. */
  void abort();

  /** The peer's address, without port, for limits by address. */
  String remoteAddress();

  /** A parameter of the URL's query, decoded, or the empty string. */
  String query(String name);

  /** Whether nobody on the way can read along: TLS, or a connection inside the machine. */
  default boolean secure() {
    return false;
  }

  /**
   * Sets how long messages from the peer may be from now on; a longer one closes the channel with
   * code 1009. Until called, the route's own limit holds.
   */
  default void limitMessages(int characters) {}
}
