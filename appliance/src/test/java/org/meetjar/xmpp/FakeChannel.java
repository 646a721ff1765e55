package org.meetjar.xmpp;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.meetjar.channel.TextChannel;

/** A WebSocket as the hub sees it, whose other end is the test. */
final class FakeChannel implements TextChannel {
  final Queue<String> sent = new ArrayDeque<>();
  private final String address;
  private final Map<String, String> query;
  int closedWith;
  boolean aborted;

  FakeChannel(String address, Map<String, String> query) {
    this.address = address;
    this.query = query;
  }

  @Override
  public void send(String message) {
    if (closedWith == 0 && !aborted) {
      sent.add(message);
    }
  }

  @Override
  public void close(int code, String reason) {
    if (closedWith == 0) {
      closedWith = code;
    }
  }

  @Override
  public void abort() {
    aborted = true;
  }

  boolean closed() {
    return closedWith != 0 || aborted;
  }

  @Override
  public String remoteAddress() {
    return address;
  }

  @Override
  public String query(String name) {
    return query.getOrDefault(name, "");
  }
}
