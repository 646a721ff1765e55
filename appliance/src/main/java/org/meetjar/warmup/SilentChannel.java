package org.meetjar.warmup;

import org.meetjar.channel.TextChannel;

/** A bridge channel that leads nowhere. */
final class SilentChannel implements TextChannel {
  @Override
  public void send(String message) {}

  @Override
  public void close(int code, String reason) {}

  @Override
  public void abort() {}

  @Override
  public String remoteAddress() {
    return "127.0.0.1";
  }

  @Override
  public String query(String name) {
    return "";
  }
}
