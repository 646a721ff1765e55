package org.meetjar.channel;

/** What is known of a channel before it opens. */
public interface TextChannelRequest {
  String remoteAddress();

  /** A parameter of the URL's query, decoded, or the empty string. */
  String query(String name);

  /** A header of the request, or the empty string. */
  String header(String name);
}
