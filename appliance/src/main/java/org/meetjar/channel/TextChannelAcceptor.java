package org.meetjar.channel;

/** Decides whether a channel opens, and who listens to it. Called on the web server's threads. */
public interface TextChannelAcceptor {
  /**
   * Called before the upgrade is answered.
   *
   * @param path what follows the route's prefix in the URL's path, without leading slash
   * @return 101 to accept, otherwise the HTTP status of the refusal
   */
  int admit(String path, TextChannelRequest request);

  /** Called once the channel is open. */
  TextChannelListener open(String path, TextChannel channel);
}
