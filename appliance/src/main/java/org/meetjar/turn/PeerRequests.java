package org.meetjar.turn;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.meetjar.stun.Attribute;

/** Permissions and channels, RFC 8656 sections 10 and 12. Owned by the TURN thread. */
final class PeerRequests {
  private static final int LOWEST_CHANNEL = 0x4000;

  /** RFC 5766 had channels up to here, and clients of its time use them. */
  private static final int HIGHEST_CHANNEL = 0x7FFE;

  private final PeerGuard guard;

  PeerRequests(PeerGuard guard) {
    this.guard = guard;
  }

  /** Permits all of the peers that are named, or none. */
  void createPermission(Authentic request, Allocation allocation, long now) {
    Optional<List<InetSocketAddress>> peers =
        request.message().addresses(Attribute.XOR_PEER_ADDRESS);
    if (peers.isEmpty() || peers.get().isEmpty()) {
      Answers.malformed(request);
      return;
    }
    for (InetSocketAddress peer : peers.get()) {
      if (!sameFamily(allocation, peer)) {
        Answers.otherFamily(request);
        return;
      }
      if (!guard.mayPermit(request.session(), peer.getAddress())) {
        Answers.forbidden(request);
        return;
      }
    }
    for (InetSocketAddress peer : peers.get()) {
      if (!allocation.permit(peer.getAddress(), now)) {
        Answers.full(request);
        return;
      }
    }
    Answers.send(request, Answers.success(request));
  }

  void bindChannel(Authentic request, Allocation allocation, long now) {
    Optional<Integer> number = request.message().number(Attribute.CHANNEL_NUMBER);
    Optional<InetSocketAddress> peer = request.message().address(Attribute.XOR_PEER_ADDRESS);
    int channel = number.map(value -> value >>> 16).orElse(0);
    if (peer.isEmpty() || channel < LOWEST_CHANNEL || channel > HIGHEST_CHANNEL) {
      Answers.malformed(request);
    } else if (!sameFamily(allocation, peer.get())) {
      Answers.otherFamily(request);
    } else if (!guard.mayPermit(request.session(), peer.get().getAddress())
        || !guard.mayPass(peer.get())) {
      Answers.forbidden(request);
    } else if (!allocation.bind(channel, peer.get(), now)) {
      Answers.malformed(request);
    } else {
      allocation.permit(peer.get().getAddress(), now);
      Answers.send(request, Answers.success(request));
    }
  }

  private static boolean sameFamily(Allocation allocation, InetSocketAddress peer) {
    return allocation.relayed.getAddress().getClass() == peer.getAddress().getClass();
  }
}
