package org.meetjar.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.StunMessage;

/**
 * What passes between clients and peers, RFC 8656 sections 11 and 12: by channel, or by indication
 * where there is none. Owned by the TURN thread.
 */
final class DataPath {
  static final int CHANNEL_HEADER = 4;

  private final Allocations allocations;
  private final PeerGuard guard;
  private final RateLimit total;

  DataPath(Allocations allocations, PeerGuard guard, RateLimit total) {
    this.allocations = allocations;
    this.guard = guard;
    this.total = total;
  }

  /** Data that a client sends by a channel. */
  void channelData(ByteBuffer bytes, ClientPath path, long now) {
    Allocation allocation = allocations.of(path);
    if (allocation == null) {
      return;
    }
    int number = bytes.getShort() & 0xFFFF;
    int size = bytes.getShort() & 0xFFFF;
    InetSocketAddress peer = allocation.peerOf(number, now);
    if (peer != null && size <= bytes.remaining() && mayLeave(allocation, peer, size, now)) {
      bytes.limit(bytes.position() + size);
      allocation.send(bytes, guard.toReach(peer));
    }
  }

  /** Data that a client sends without a channel. */
  void sendIndication(StunMessage message, ClientPath path, long now) {
    Allocation allocation = allocations.of(path);
    Optional<InetSocketAddress> peer = message.address(Attribute.XOR_PEER_ADDRESS);
    Optional<byte[]> data = message.bytes(Attribute.DATA);
    if (allocation != null
        && peer.isPresent()
        && data.isPresent()
        && mayLeave(allocation, peer.get(), data.get().length, now)) {
      allocation.send(ByteBuffer.wrap(data.get()), guard.toReach(peer.get()));
    }
  }

  private boolean mayLeave(Allocation allocation, InetSocketAddress peer, int size, long now) {
    boolean leaves =
        allocation.permits(peer.getAddress(), now)
            && guard.mayPass(peer)
            && allocation.fromClient.allows(size, now)
            && total.allows(size, now);
    if (leaves) {
      allocations.metrics().bytesToPeers.add(size);
    }
    return leaves;
  }

  /**
   * Takes one datagram from a peer.
   *
   * @param packet empty, with room for a channel's header and what there is
   * @return false when there was none
   */
  boolean fromPeer(Allocation allocation, ByteBuffer packet) throws IOException {
    packet.clear().position(CHANNEL_HEADER);
    InetSocketAddress source = (InetSocketAddress) allocation.relay.receive(packet);
    if (source == null) {
      return false;
    }
    InetSocketAddress peer = guard.asKnown(source);
    int size = packet.position() - CHANNEL_HEADER;
    long now = System.nanoTime();
    if (allocation.permits(peer.getAddress(), now)
        && guard.mayPass(peer)
        && allocation.fromPeers.allows(size, now)
        && total.allows(size, now)) {
      allocations.metrics().bytesToClients.add(size);
      int channel = allocation.channelOf(peer, now);
      if (channel >= 0) {
        byChannel(allocation, packet, channel, size);
      } else {
        packet.flip().position(CHANNEL_HEADER);
        allocation.path.send(DataIndication.of(packet, peer));
      }
    }
    return true;
  }

  private static void byChannel(Allocation allocation, ByteBuffer packet, int channel, int size) {
    int padding = allocation.path.isStream() ? -size & 3 : 0;
    if (padding > packet.remaining()) {
      return;
    }
    for (int p = 0; p < padding; p++) {
      packet.put((byte) 0);
    }
    packet.flip();
    packet.putShort(0, (short) channel).putShort(2, (short) size);
    allocation.path.send(packet);
  }
}
