package org.meetjar.bridge;

import java.util.concurrent.atomic.AtomicInteger;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.loop.Loop;

/**
 * A bridge channel's listener: reads messages on the web server's thread, hands them to the loop.
 */
final class BridgeChannel implements TextChannelListener {
  /** Messages on their way to the loop; more means that the peer floods us. */
  private static final int MAX_WAITING = 200;

  /** Hears of a channel, on the conference's loop. */
  interface Listener {
    void opened(TextChannel channel);

    void message(TextChannel channel, ChannelMessage message);

    void closed(TextChannel channel);
  }

  private final TextChannel channel;
  private final Loop loop;
  private final Listener listener;
  private final ChannelMessageReader reader;
  private final int maxLength;
  private final AtomicInteger waiting = new AtomicInteger();

  BridgeChannel(
      TextChannel channel,
      Loop loop,
      Listener listener,
      ChannelMessageReader reader,
      int maxLength) {
    this.channel = channel;
    this.loop = loop;
    this.listener = listener;
    this.reader = reader;
    this.maxLength = maxLength;
  }

  void opened() {
    loop.execute(() -> listener.opened(channel));
  }

  @Override
  public void onText(String text) {
    if (text.length() > maxLength) {
      channel.close(1009, "too long");
      return;
    }
    if (waiting.incrementAndGet() > MAX_WAITING) {
      channel.close(1008, "too many messages");
      return;
    }
    ChannelMessage message = reader.read(text);
    loop.execute(
        () -> {
          waiting.decrementAndGet();
          listener.message(channel, message);
        });
  }

  @Override
  public void onClosed(int code, String reason) {
    loop.execute(() -> listener.closed(channel));
  }
}
