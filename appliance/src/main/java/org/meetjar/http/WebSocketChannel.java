package org.meetjar.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.meetjar.channel.QueueBudget;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelAcceptor;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.config.HttpSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket (RFC 6455) as a {@link TextChannel}. What comes in is read no faster than the
 * settings allow: the next message is asked for when the one before has been paid for, so that TCP
 * holds a flooding client back. What goes out waits in a {@link SendQueue}.
 */
public final class WebSocketChannel implements TextChannel, Session.Listener {
  private static final Logger log = LoggerFactory.getLogger(WebSocketChannel.class);

  private final HttpSettings settings;
  private final QueueBudget budget;
  private final Pulse pulse;
  private final String remoteAddress;
  private final Map<String, String> query;
  private final TextChannelAcceptor acceptor;
  private final String path;
  private final Allowance allowance;
  private volatile long heardAt = System.nanoTime();
  private volatile long pingedAt = heardAt;

  // set once, by onWebSocketOpen, before anybody else knows the channel
  private Session session;
  private SendQueue queue;
  private TextChannelListener listener;
  private boolean closed;

  WebSocketChannel(
      HttpSettings settings,
      QueueBudget budget,
      Pulse pulse,
      String remoteAddress,
      Map<String, String> query,
      TextChannelAcceptor acceptor,
      String path) {
    this.settings = settings;
    this.budget = budget;
    this.pulse = pulse;
    this.remoteAddress = remoteAddress;
    this.query = Map.copyOf(query);
    this.acceptor = acceptor;
    this.path = path;
    allowance = new Allowance(settings.receiveBytesPerSecond(), System.nanoTime());
  }

  @Override
  public void send(String message) {
    if (!queue.offer(message, System.nanoTime())) {
      log.info("a client reads too slowly, cut off");
      abort();
    }
  }

  @Override
  public void close(int code, String reason) {
    queue.end(code, reason);
  }

  @Override
  public void abort() {
    session.disconnect();
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public String query(String name) {
    return query.getOrDefault(name, "");
  }

  @Override
  public boolean secure() {
    return session.isSecure() || isLoopback(session.getRemoteSocketAddress());
  }

  @Override
  public void limitMessages(int characters) {
    session.setMaxTextMessageSize(characters);
    session.setMaxFrameSize(characters);
  }

  /** Called by the pulse: asks a silent client for a sign of life, cuts off one that gave none. */
  void examine(long now) {
    if (now - heardAt >= settings.pingTimeout().toNanos()) {
      log.info("a client gave no sign of life, cut off");
      abort();
    } else if (queue.oldestAge(now) > settings.sendQueueAge().toNanos()) {
      log.info("a client reads too slowly, cut off");
      abort();
    } else if (now - heardAt >= settings.pingInterval().toNanos()
        && now - pingedAt >= settings.pingInterval().toNanos()) {
      pingedAt = now;
      session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    queue = new SendQueue(opened, settings.sendQueueBytes(), budget);
    pulse.add(this);
    synchronized (this) {
      TextChannelListener made = acceptor.open(path, this);
      if (closed) {
        // whoever opened it has cut it at once
        made.onClosed(StatusCode.ABNORMAL, "");
      } else {
        listener = made;
      }
    }
    session.demand();
  }

  @Override
  public void onWebSocketText(String message) {
    heard();
    synchronized (this) {
      if (!closed && listener != null) {
        listener.onText(message);
      }
    }
    Duration wait = allowance.spend(message.length(), System.nanoTime());
    if (wait.isZero()) {
      session.demand();
    } else {
      pulse.later(
          wait,
          () -> {
            heard();
            session.demand();
          });
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    session.close(StatusCode.BAD_DATA, "text only", Callback.NOOP);
    session.demand();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    heard();
    session.sendPong(payload, Callback.NOOP);
    session.demand();
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heard();
    session.demand();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    log.debug("a WebSocket failed: {}", cause.toString());
  }

  @Override
  public void onWebSocketClose(int code, String reason) {
    pulse.remove(this);
    queue.forget();
    synchronized (this) {
      if (!closed && listener != null) {
        listener.onClosed(code, reason == null ? "" : reason);
      }
      closed = true;
    }
  }

  private static boolean isLoopback(SocketAddress address) {
    return address instanceof InetSocketAddress internet
        && internet.getAddress() != null
        && internet.getAddress().isLoopbackAddress();
  }

  private void heard() {
    heardAt = System.nanoTime();
  }
}
