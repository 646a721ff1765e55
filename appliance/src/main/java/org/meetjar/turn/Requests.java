package org.meetjar.turn;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.meetjar.config.TurnSettings;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/**
 * What each STUN and TURN message does (RFC 8656 sections 6 to 12). Owned by the TURN thread.
 * Nothing that has not authenticated itself gets an answer that is longer than its request, but for
 * the 401 that tells realm and nonce, and those are counted by source.
 */
final class Requests {
  private static final int UDP = 17;
  private static final int DEFAULT_LIFETIME_SECONDS = 600;
  private static final int MAX_LIFETIME_SECONDS = 3600;

  private final TurnSettings settings;
  private final String realm;
  private final Credentials credentials;
  private final Nonces nonces;
  private final Allocations allocations;
  private final PeerGuard guard;
  private final PeerPolicy policy;
  private final RateLimit total;
  private final RelaySockets relays;
  private final ChallengeLimit challenges;
  private final LongSupplier nanoTime;

  Requests(
      TurnSettings settings,
      String realm,
      Credentials credentials,
      Nonces nonces,
      Allocations allocations,
      PeerGuard guard,
      PeerPolicy policy,
      RateLimit total,
      RelaySockets relays,
      ChallengeLimit challenges,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.realm = realm;
    this.credentials = credentials;
    this.nonces = nonces;
    this.allocations = allocations;
    this.guard = guard;
    this.policy = policy;
    this.total = total;
    this.relays = relays;
    this.challenges = challenges;
    this.nanoTime = nanoTime;
  }

  /** A request that proved who it is from. */
  private record Authentic(StunMessage message, ClientPath path, String userName, byte[] key) {
    String session() {
      return Credentials.sessionOf(userName);
    }
  }

  /** Takes a message; false when the sender speaks no STUN and a stream is to end. */
  boolean take(byte[] bytes, int length, ClientPath path) {
    Optional<StunMessage> parsed = StunMessage.parse(bytes, 0, length);
    if (parsed.isEmpty()) {
      return false;
    }
    StunMessage message = parsed.get();
    switch (message.messageClass()) {
      case REQUEST -> request(message, path);
      case INDICATION -> {
        if (message.method() == Method.SEND) {
          sendIndication(message, path);
        }
      }
      default -> {
        // We ask nothing, so nothing is an answer to us.
      }
    }
    return true;
  }

  private void request(StunMessage message, ClientPath path) {
    if (message.method() == Method.BINDING) {
      if (challenges.allows(path.client().getAddress(), nanoTime.getAsLong())) {
        answer(
            path,
            new StunWriter(Method.BINDING, MessageClass.SUCCESS, message.transactionId())
                .add(Attribute.XOR_MAPPED_ADDRESS, path.client()));
      }
      return;
    }
    if (!isTurn(message.method())) {
      return;
    }
    Optional<Authentic> authentic = authenticate(message, path);
    if (authentic.isEmpty()) {
      return;
    }
    Authentic request = authentic.get();
    Optional<byte[]> unknown = unknownAttributes(message);
    if (unknown.isPresent()) {
      StunWriter refusal = refusal(message, 420, "Unknown Attribute");
      answer(request, refusal.add(Attribute.UNKNOWN_ATTRIBUTES, unknown.get()));
      return;
    }
    Allocation allocation = allocations.of(path);
    if (message.method() == Method.ALLOCATE) {
      allocate(request, allocation);
      return;
    }
    if (allocation == null) {
      refuse(request, 437, "Allocation Mismatch");
      return;
    }
    if (!allocation.userName.equals(request.userName())) {
      refuse(request, 441, "Wrong Credentials");
      return;
    }
    switch (message.method()) {
      case Method.REFRESH -> refresh(request, allocation);
      case Method.CREATE_PERMISSION -> createPermission(request, allocation);
      default -> bindChannel(request, allocation);
    }
  }

  private static boolean isTurn(int method) {
    return method == Method.ALLOCATE
        || method == Method.REFRESH
        || method == Method.CREATE_PERMISSION
        || method == Method.CHANNEL_BIND;
  }

  /** Long-term authentication, RFC 8489 section 9.2.4; what fails is answered here. */
  private Optional<Authentic> authenticate(StunMessage message, ClientPath path) {
    boolean sha256 = message.has(Attribute.MESSAGE_INTEGRITY_SHA256);
    if (!sha256 && !message.has(Attribute.MESSAGE_INTEGRITY)) {
      challenge(message, path, 401, "Unauthorized");
      return Optional.empty();
    }
    Optional<String> userName = message.text(Attribute.USERNAME);
    Optional<String> nonce = message.text(Attribute.NONCE);
    if (userName.isEmpty() || nonce.isEmpty() || !message.has(Attribute.REALM)) {
      if (challenges.allows(path.client().getAddress(), nanoTime.getAsLong())) {
        answer(path, refusal(message, 400, "Bad Request"));
      }
      return Optional.empty();
    }
    InetAddress client = path.client().getAddress();
    if (!nonces.isFresh(nonce.get(), client, seconds())) {
      challenge(message, path, 438, "Stale Nonce");
      return Optional.empty();
    }
    Optional<byte[]> key = key(userName.get(), path);
    boolean holds =
        key.isPresent()
            && (sha256
                ? message.integritySha256Holds(key.get())
                : message.integrityHolds(key.get()));
    if (!holds) {
      challenge(message, path, 401, "Unauthorized");
      return Optional.empty();
    }
    return Optional.of(new Authentic(message, path, userName.get(), key.get()));
  }

  /**
   * The key of a user name. An allocation outlives the expiry of the credentials it was made with,
   * as long as its session does.
   */
  private Optional<byte[]> key(String userName, ClientPath path) {
    Allocation allocation = allocations.of(path);
    if (allocation != null && allocation.userName.equals(userName)) {
      return Optional.of(allocation.key);
    }
    return credentials
        .passwordOf(userName)
        .filter(password -> policy.alive(Credentials.sessionOf(userName)))
        .map(password -> Integrity.longTermKey(userName, realm, password));
  }

  private void challenge(StunMessage message, ClientPath path, int code, String reason) {
    InetAddress client = path.client().getAddress();
    if (challenges.allows(client, nanoTime.getAsLong())) {
      answer(
          path,
          refusal(message, code, reason)
              .add(Attribute.REALM, realm)
              .add(Attribute.NONCE, nonces.make(client, seconds())));
    }
  }

  private void allocate(Authentic request, Allocation existing) {
    StunMessage message = request.message();
    if (existing != null) {
      if (Arrays.equals(existing.transactionId, message.transactionId())) {
        // A retransmission: the answer was lost.
        allocated(request, existing);
      } else {
        refuse(request, 437, "Allocation Mismatch");
      }
      return;
    }
    Optional<byte[]> transport = message.bytes(Attribute.REQUESTED_TRANSPORT);
    if (transport.isEmpty() || transport.get().length != 4) {
      refuse(request, 400, "Bad Request");
      return;
    }
    if (transport.get()[0] != UDP) {
      refuse(request, 442, "Unsupported Transport Protocol");
      return;
    }
    if (message.has(Attribute.RESERVATION_TOKEN)) {
      // We hand out no tokens: with one port for RTP and RTCP nobody needs a pair.
      refuse(request, 508, "Insufficient Capacity");
      return;
    }
    boolean six = false;
    if (message.has(Attribute.REQUESTED_ADDRESS_FAMILY)) {
      Optional<byte[]> family = message.bytes(Attribute.REQUESTED_ADDRESS_FAMILY);
      byte code = family.filter(value -> value.length == 4).map(value -> value[0]).orElse((byte) 0);
      if (code != 1 && code != 2) {
        refuse(request, 440, "Address Family not Supported");
        return;
      }
      six = code == 2;
    }
    if (allocations.ofSession(request.session()) >= settings.allocationsPerSession()
        || allocations.ofAddress(request.path().client().getAddress())
            >= settings.allocationsPerAddress()) {
      refuse(request, 486, "Allocation Quota Reached");
      return;
    }
    if (allocations.count() >= settings.maxAllocations()) {
      refuse(request, 508, "Insufficient Capacity");
      return;
    }
    boolean even = message.has(Attribute.EVEN_PORT);
    Optional<RelaySockets.Relay> relay = relays.open(six, even);
    if (relay.isEmpty()) {
      refuse(
          request,
          six && !relays.offersIpv6() ? 440 : 508,
          six && !relays.offersIpv6() ? "Address Family not Supported" : "Insufficient Capacity");
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
    allocation.expiresAt = nanoTime.getAsLong() + lifetime(message) * 1_000_000_000L;
    allocations.add(allocation);
    allocated(request, allocation);
  }

  private void allocated(Authentic request, Allocation allocation) {
    long left = (allocation.expiresAt - nanoTime.getAsLong() + 500_000_000L) / 1_000_000_000L;
    answer(
        request,
        success(request)
            .add(Attribute.XOR_RELAYED_ADDRESS, allocation.relayed)
            .add(Attribute.LIFETIME, (int) Math.max(0, left))
            .add(Attribute.XOR_MAPPED_ADDRESS, request.path().client()));
  }

  private void refresh(Authentic request, Allocation allocation) {
    Optional<byte[]> family = request.message().bytes(Attribute.REQUESTED_ADDRESS_FAMILY);
    boolean four = allocation.relayed.getAddress() instanceof Inet4Address;
    if (family.isPresent() && (family.get().length != 4 || family.get()[0] != (four ? 1 : 2))) {
      refuse(request, 443, "Peer Address Family Mismatch");
      return;
    }
    boolean end = request.message().number(Attribute.LIFETIME).filter(n -> n == 0).isPresent();
    if (end || !policy.alive(request.session())) {
      allocations.remove(allocation);
      answer(request, success(request).add(Attribute.LIFETIME, 0));
      return;
    }
    int lifetime = lifetime(request.message());
    allocation.expiresAt = nanoTime.getAsLong() + lifetime * 1_000_000_000L;
    answer(request, success(request).add(Attribute.LIFETIME, lifetime));
  }

  private static int lifetime(StunMessage message) {
    int asked = message.number(Attribute.LIFETIME).orElse(DEFAULT_LIFETIME_SECONDS);
    return asked < 0
        ? MAX_LIFETIME_SECONDS
        : Math.min(MAX_LIFETIME_SECONDS, Math.max(DEFAULT_LIFETIME_SECONDS, asked));
  }

  private void createPermission(Authentic request, Allocation allocation) {
    Optional<List<InetSocketAddress>> peers =
        request.message().addresses(Attribute.XOR_PEER_ADDRESS);
    if (peers.isEmpty() || peers.get().isEmpty()) {
      refuse(request, 400, "Bad Request");
      return;
    }
    for (InetSocketAddress peer : peers.get()) {
      if (!sameFamily(allocation, peer)) {
        refuse(request, 443, "Peer Address Family Mismatch");
        return;
      }
      if (!guard.mayPermit(request.session(), peer.getAddress())) {
        refuse(request, 403, "Forbidden");
        return;
      }
    }
    long now = nanoTime.getAsLong();
    for (InetSocketAddress peer : peers.get()) {
      if (!allocation.permit(peer.getAddress(), now)) {
        refuse(request, 508, "Insufficient Capacity");
        return;
      }
    }
    answer(request, success(request));
  }

  private void bindChannel(Authentic request, Allocation allocation) {
    Optional<Integer> number = request.message().number(Attribute.CHANNEL_NUMBER);
    Optional<InetSocketAddress> peer = request.message().address(Attribute.XOR_PEER_ADDRESS);
    int channel = number.map(value -> value >>> 16).orElse(0);
    if (peer.isEmpty() || channel < 0x4000 || channel > TurnServer.HIGHEST_CHANNEL) {
      refuse(request, 400, "Bad Request");
      return;
    }
    if (!sameFamily(allocation, peer.get())) {
      refuse(request, 443, "Peer Address Family Mismatch");
      return;
    }
    if (!guard.mayPermit(request.session(), peer.get().getAddress())
        || !guard.mayPass(peer.get())) {
      refuse(request, 403, "Forbidden");
      return;
    }
    long now = nanoTime.getAsLong();
    if (!allocation.bind(channel, peer.get(), now)) {
      refuse(request, 400, "Bad Request");
      return;
    }
    allocation.permit(peer.get().getAddress(), now);
    answer(request, success(request));
  }

  private void sendIndication(StunMessage message, ClientPath path) {
    Allocation allocation = allocations.of(path);
    Optional<InetSocketAddress> peer = message.address(Attribute.XOR_PEER_ADDRESS);
    Optional<byte[]> data = message.bytes(Attribute.DATA);
    if (allocation == null || peer.isEmpty() || data.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (allocation.permits(peer.get().getAddress(), now)
        && guard.mayPass(peer.get())
        && allocation.fromClient.allows(data.get().length, now)
        && total.allows(data.get().length, now)) {
      allocation.send(ByteBuffer.wrap(data.get()), guard.toReach(peer.get()));
    }
  }

  private static boolean sameFamily(Allocation allocation, InetSocketAddress peer) {
    return allocation.relayed.getAddress().getClass() == peer.getAddress().getClass();
  }

  private static Optional<byte[]> unknownAttributes(StunMessage message) {
    byte[] unknown = new byte[16];
    int[] used = {0};
    message.forEachType(
        type -> {
          if (Attribute.comprehensionRequired(type) && !isKnown(type) && used[0] < unknown.length) {
            unknown[used[0]++] = (byte) (type >>> 8);
            unknown[used[0]++] = (byte) type;
          }
        });
    return used[0] == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(unknown, used[0]));
  }

  private static boolean isKnown(int type) {
    return switch (type) {
      case Attribute.USERNAME,
          Attribute.MESSAGE_INTEGRITY,
          Attribute.MESSAGE_INTEGRITY_SHA256,
          Attribute.CHANNEL_NUMBER,
          Attribute.LIFETIME,
          Attribute.XOR_PEER_ADDRESS,
          Attribute.DATA,
          Attribute.REALM,
          Attribute.NONCE,
          Attribute.REQUESTED_ADDRESS_FAMILY,
          Attribute.EVEN_PORT,
          Attribute.REQUESTED_TRANSPORT,
          Attribute.DONT_FRAGMENT,
          Attribute.RESERVATION_TOKEN ->
          true;
      default -> false;
    };
  }

  private StunWriter success(Authentic request) {
    return new StunWriter(
        request.message().method(), MessageClass.SUCCESS, request.message().transactionId());
  }

  private static StunWriter refusal(StunMessage message, int code, String reason) {
    return new StunWriter(message.method(), MessageClass.ERROR, message.transactionId())
        .addError(code, reason);
  }

  private void refuse(Authentic request, int code, String reason) {
    answer(request, refusal(request.message(), code, reason));
  }

  private static void answer(Authentic request, StunWriter writer) {
    if (request.message().has(Attribute.MESSAGE_INTEGRITY_SHA256)) {
      writer.addIntegritySha256(request.key());
    } else {
      writer.addIntegrity(request.key());
    }
    answer(request.path(), writer);
  }

  private static void answer(ClientPath path, StunWriter writer) {
    path.send(ByteBuffer.wrap(writer.addFingerprint().toBytes()));
  }

  private long seconds() {
    return nanoTime.getAsLong() / 1_000_000_000L;
  }
}
