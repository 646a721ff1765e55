package org.meetjar.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A relayed transport address and what may pass it (RFC 8656 section 2.2). Owned by the TURN
 * thread. Times are in nanoseconds of the thread's clock.
 */
final class Allocation {
  /** Permissions of one allocation: more than any conference of two has. */
  static final int MAX_PERMISSIONS = 64;

  static final long PERMISSION_NANOS = 300_000_000_000L;
  static final long CHANNEL_NANOS = 600_000_000_000L;

  final ClientPath path;
  final String userName;
  final byte[] key;
  final byte[] transactionId;
  final DatagramChannel relay;
  final InetSocketAddress relayed;
  final RateLimit fromClient;
  final RateLimit fromPeers;
  long expiresAt;

  private final Map<InetAddress, Long> permissions = new HashMap<>();
  private final Map<Integer, Channel> byNumber = new HashMap<>();
  private final Map<InetSocketAddress, Channel> byPeer = new HashMap<>();

  /** A channel binding, RFC 8656 section 12. */
  static final class Channel {
    final int number;
    final InetSocketAddress peer;
    long expiresAt;

    Channel(int number, InetSocketAddress peer) {
      this.number = number;
      this.peer = peer;
    }
  }

  Allocation(
      ClientPath path,
      String userName,
      byte[] key,
      byte[] transactionId,
      DatagramChannel relay,
      InetSocketAddress relayed,
      long bitsPerSecond) {
    this.path = path;
    this.userName = userName;
    this.key = key;
    this.transactionId = transactionId;
    this.relay = relay;
    this.relayed = relayed;
    this.fromClient = new RateLimit(bitsPerSecond / 8);
    this.fromPeers = new RateLimit(bitsPerSecond / 8);
  }

  boolean permits(InetAddress peer, long now) {
    Long expires = permissions.get(peer);
    return expires != null && expires - now > 0;
  }

  /** Makes or renews a permission; false when there are too many. */
  boolean permit(InetAddress peer, long now) {
    if (permissions.size() >= MAX_PERMISSIONS && !permissions.containsKey(peer)) {
      permissions.values().removeIf(expires -> expires - now <= 0);
      if (permissions.size() >= MAX_PERMISSIONS) {
        return false;
      }
    }
    permissions.put(peer, now + PERMISSION_NANOS);
    return true;
  }

  /** Binds or renews; false when the number or the peer is bound otherwise. */
  boolean bind(int number, InetSocketAddress peer, long now) {
    Channel ofNumber = byNumber.get(number);
    Channel ofPeer = byPeer.get(peer);
    if (ofNumber != ofPeer || (ofNumber == null && byNumber.size() >= MAX_PERMISSIONS)) {
      return false;
    }
    Channel channel = ofNumber;
    if (channel == null) {
      channel = new Channel(number, peer);
      byNumber.put(number, channel);
      byPeer.put(peer, channel);
    }
    channel.expiresAt = now + CHANNEL_NANOS;
    return true;
  }

  /** The peer that a channel leads to, or null. */
  InetSocketAddress peerOf(int number, long now) {
    Channel channel = byNumber.get(number);
    return channel != null && channel.expiresAt - now > 0 ? channel.peer : null;
  }

  /** The channel bound to a peer, or -1. */
  int channelOf(InetSocketAddress peer, long now) {
    Channel channel = byPeer.get(peer);
    return channel != null && channel.expiresAt - now > 0 ? channel.number : -1;
  }

  /**
   * Forgets what has expired.
   *
   * @param permitted whether a peer may still be reached
   */
  void sweep(long now, Predicate<InetAddress> permitted) {
    permissions
        .entrySet()
        .removeIf(entry -> entry.getValue() - now <= 0 || !permitted.test(entry.getKey()));
    byNumber.values().removeIf(channel -> channel.expiresAt - now <= 0);
    byPeer.values().removeIf(channel -> channel.expiresAt - now <= 0);
  }

  void send(ByteBuffer data, InetSocketAddress peer) {
    try {
      relay.send(data, peer);
    } catch (IOException unreachable) {
      // As on any path: what can't be delivered is lost.
    }
  }

  void close() {
    try {
      relay.close();
    } catch (IOException ignored) {
      // It is gone either way.
    }
  }
}
