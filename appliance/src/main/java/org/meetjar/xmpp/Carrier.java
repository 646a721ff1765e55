package org.meetjar.xmpp;

/**
 * What carries a stream: it knows how the stream's head, its elements and its end look on its wire.
 * Called on the signalling loop; nothing blocks.
 */
interface Carrier {
  /** Sends the head of the server's stream. */
  void open(String from, String id);

  /** Sends one element. */
  void send(String xml);

  /** Sends the stream's end, and closes when all has left. */
  void end();

  /** Drops the connection without another word. */
  void cut();

  /** The client has signed in, and may send longer elements. */
  void trust();

  String remoteAddress();

  boolean secure();

  /** The resumption token that the client named before it signed in, or the empty string. */
  String resumptionToken();
}
