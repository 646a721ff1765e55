package org.meetjar.turn;

import java.net.Inet4Address;
import java.util.Arrays;
import java.util.Optional;
import org.meetjar.config.TurnSettings;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.StunMessage;

/**
 * Making, refreshing and ending allocations, RFC 8656 sections 7 and 8. Owned by the TURN thread.
 */
final class AllocationRequests {
  private static final int UDP = 17;
  private static final int DEFAULT_LIFETIME_SECONDS = 600;
  private static final int MAX_LIFETIME_SECONDS = 3600;
  private static final long SECOND = 1_000_000_000L;

  private final TurnSettings settings;
  private final Allocations allocations;
  private final PeerPolicy policy;
  private final RelaySockets relays;

  AllocationRequests(
      TurnSettings settings, Allocations allocations, PeerPolicy policy, RelaySockets relays) {
    this.settings = settings;
    this.allocations = allocations;
    this.policy = policy;
    this.relays = relays;
  }

  /**
   * Makes an allocation.
   *
   * @param existing what the client has at this 5-tuple already, or null
   */
  void allocate(Authentic request, Allocation existing, long now) {
    StunMessage message = request.message();
    if (existing != null) {
      if (Arrays.equals(existing.transactionId, message.transactionId())) {
        // A retransmission: the answer was lost.
        allocated(request, existing, now);
      } else {
        Answers.refuse(request, 437, "Allocation Mismatch");
      }
      return;
    }
    Optional<byte[]> transport = message.bytes(Attribute.REQUESTED_TRANSPORT);
    if (transport.isEmpty() || transport.get().length != 4) {
      Answers.malformed(request);
      return;
    }
    if (transport.get()[0] != UDP) {
      Answers.refuse(request, 442, "Unsupported Transport Protocol");
      return;
    }
    if (message.has(Attribute.RESERVATION_TOKEN)) {
      // We hand out no tokens: with one port for RTP and RTCP nobody needs a pair.
      Answers.full(request);
      return;
    }
    int family = family(message);
    if (family < 1 || family > 2 || (family == 2 && !relays.offersIpv6())) {
      Answers.refuse(request, 440, "Address Family not Supported");
    } else if (allocations.ofSession(request.session()) >= settings.allocationsPerSession()
        || allocations.ofAddress(request.path().client().getAddress())
            >= settings.allocationsPerAddress()) {
      Answers.refuse(request, 486, "Allocation Quota Reached");
    } else if (allocations.count() >= settings.maxAllocations()) {
      Answers.full(request);
    } else {
      open(request, family == 2, now);
    }
  }

  /** 1 for IPv4, which is also the default, 2 for IPv6, RFC 8656 section 18.3; 0 if malformed. */
  private static int family(StunMessage message) {
    if (!message.has(Attribute.REQUESTED_ADDRESS_FAMILY)) {
      return 1;
    }
    return message
        .bytes(Attribute.REQUESTED_ADDRESS_FAMILY)
        .filter(value -> value.length == 4)
        .map(value -> (int) value[0])
        .orElse(0);
  }

  private void open(Authentic request, boolean six, long now) {
    StunMessage message = request.message();
    Optional<RelaySockets.Relay> relay = relays.open(six, message.has(Attribute.EVEN_PORT));
    if (relay.isEmpty()) {
      Answers.full(request);
      return;
    }
    Allocation allocation =
        new Allocation(
            request.path(),
            request.userName(),
            request.key(),
            message.transactionId(),
            relay.get().channel(),
            relay.get().relayed(),
            settings.bitsPerSecond());
    relay.get().key().attach(allocation);
    allocation.expiresAt = now + lifetime(message) * SECOND;
    allocations.add(allocation);
    allocated(request, allocation, now);
  }

  private static void allocated(Authentic request, Allocation allocation, long now) {
    long left = (allocation.expiresAt - now + SECOND / 2) / SECOND;
    Answers.send(
        request,
        Answers.success(request)
            .add(Attribute.XOR_RELAYED_ADDRESS, allocation.relayed)
            .add(Attribute.LIFETIME, (int) Math.max(0, left))
            .add(Attribute.XOR_MAPPED_ADDRESS, request.path().client()));
  }

  /** Renews an allocation, or ends it when the client asks for that. */
  void refresh(Authentic request, Allocation allocation, long now) {
    Optional<byte[]> family = request.message().bytes(Attribute.REQUESTED_ADDRESS_FAMILY);
    boolean four = allocation.relayed.getAddress() instanceof Inet4Address;
    if (family.isPresent() && (family.get().length != 4 || family.get()[0] != (four ? 1 : 2))) {
      Answers.otherFamily(request);
      return;
    }
    boolean end = request.message().number(Attribute.LIFETIME).filter(n -> n == 0).isPresent();
    if (end || !policy.alive(request.session())) {
      allocations.remove(allocation);
      Answers.send(request, Answers.success(request).add(Attribute.LIFETIME, 0));
      return;
    }
    int lifetime = lifetime(request.message());
    allocation.expiresAt = now + lifetime * SECOND;
    Answers.send(request, Answers.success(request).add(Attribute.LIFETIME, lifetime));
  }

  private static int lifetime(StunMessage message) {
    int asked = message.number(Attribute.LIFETIME).orElse(DEFAULT_LIFETIME_SECONDS);
    return asked < 0
        ? MAX_LIFETIME_SECONDS
        : Math.min(MAX_LIFETIME_SECONDS, Math.max(DEFAULT_LIFETIME_SECONDS, asked));
  }
}
