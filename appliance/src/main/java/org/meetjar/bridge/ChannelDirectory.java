package org.meetjar.bridge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.channel.TextChannelRequest;

/** Finds the endpoint that a bridge channel belongs to. May be used by any thread. */
final class ChannelDirectory implements TextChannelAcceptor {
  private record Entry(Conference conference, Endpoint endpoint) {}

  private final Map<String, Entry> byPath = new ConcurrentHashMap<>();
  private final ChannelMessageReader reader;
  private final int maxLength;

  ChannelDirectory(int maxLength) {
    this.maxLength = maxLength;
    reader = new ChannelMessageReader(maxLength);
  }

  static String path(Conference conference, String endpoint) {
    return Bridge.SERVER_ID + "/" + conference.meetingId + "/" + endpoint;
  }

  void add(Conference conference, Endpoint endpoint) {
    byPath.put(path(conference, endpoint.id), new Entry(conference, endpoint));
  }

  void remove(Conference conference, Endpoint endpoint) {
    byPath.computeIfPresent(
        path(conference, endpoint.id),
        (path, entry) -> entry.endpoint() == endpoint ? null : entry);
  }

  @Override
  public int admit(String path, TextChannelRequest request) {
    Entry entry = byPath.get(path);
    if (entry == null) {
      return 404;
    }
    byte[] given = request.query("pwd").getBytes(StandardCharsets.UTF_8);
    byte[] wanted = entry.endpoint().secret.getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, wanted) ? 101 : 403;
  }

  @Override
  public TextChannelListener open(String path, TextChannel channel) {
    Entry entry = byPath.get(path);
    if (entry == null) {
      channel.close(1001, "left");
      return new Nobody();
    }
    Conference conference = entry.conference();
    Endpoint endpoint = entry.endpoint();
    BridgeChannel.Listener listener =
        new BridgeChannel.Listener() {
          @Override
          public void opened(TextChannel opened) {
            conference.channelOpened(endpoint, opened);
          }

          @Override
          public void message(TextChannel from, ChannelMessage message) {
            conference.channelMessage(endpoint, from, message);
          }

          @Override
          public void closed(TextChannel closed) {
            endpoint.channelClosed(closed);
          }
        };
    BridgeChannel made = new BridgeChannel(channel, conference.loop, listener, reader, maxLength);
    made.opened();
    return made;
  }

  /** Listens for an endpoint that left between the request and the opening. */
  private static final class Nobody implements TextChannelListener {
    @Override
    public void onText(String message) {}

    @Override
    public void onClosed(int code, String reason) {}
  }
}
