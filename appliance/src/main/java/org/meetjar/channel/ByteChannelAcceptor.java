package org.meetjar.channel;

/** Takes streams of bytes that share a port with pages. Called on the web server's threads. */
public interface ByteChannelAcceptor {
  /** Called once a client has opened a stream; says who listens to it. */
  ByteChannelListener open(ByteChannel channel);
}
