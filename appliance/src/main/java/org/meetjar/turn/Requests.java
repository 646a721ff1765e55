package org.meetjar.turn;

import java.util.function.LongSupplier;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/**
 * Brings each STUN and TURN message to who acts on it (RFC 8656 section 5). Owned by the TURN
 * thread.
 */
final class Requests {
  private final Authenticator authenticator;
  private final Allocations allocations;
  private final AllocationRequests allocating;
  private final PeerRequests peers;
  private final DataPath data;
  private final LongSupplier nanoTime;
  private final StunMessage message = new StunMessage();

  Requests(
      Authenticator authenticator,
      Allocations allocations,
      AllocationRequests allocating,
      PeerRequests peers,
      DataPath data,
      LongSupplier nanoTime) {
    this.authenticator = authenticator;
    this.allocations = allocations;
    this.allocating = allocating;
    this.peers = peers;
    this.data = data;
    this.nanoTime = nanoTime;
  }

  /** Takes a message; false when the sender speaks no STUN and a stream is to end. */
  boolean take(byte[] bytes, int length, ClientPath path) {
    if (!message.read(bytes, 0, length)) {
      return false;
    }
    switch (message.messageClass()) {
      case REQUEST -> request(path, nanoTime.getAsLong());
      case INDICATION -> {
        if (message.method() == Method.SEND) {
          data.sendIndication(message, path, nanoTime.getAsLong());
        }
      }
      default -> {
        // We ask nothing, so nothing is an answer to us.
      }
    }
    return true;
  }

  private void request(ClientPath path, long now) {
    if (message.method() == Method.BINDING) {
      if (authenticator.mayAnswer(path, now)) {
        StunWriter answer = new StunWriter().answer(message, MessageClass.SUCCESS);
        Answers.send(path, answer.add(Attribute.XOR_MAPPED_ADDRESS, path.client()));
      }
    } else if (isTurn(message.method())) {
      authenticator
          .authenticate(message, path, now)
          .ifPresent(authentic -> authenticated(authentic, now));
    }
  }

  private void authenticated(Authentic request, long now) {
    byte[] unknown = message.unknown(Requests::isKnown);
    if (unknown.length > 0) {
      StunWriter refusal = Answers.refusal(message, 420, "Unknown Attribute");
      Answers.send(request, refusal.add(Attribute.UNKNOWN_ATTRIBUTES, unknown));
      return;
    }
    Allocation allocation = allocations.of(request.path());
    if (message.method() == Method.ALLOCATE) {
      allocating.allocate(request, allocation, now);
    } else if (allocation == null) {
      Answers.refuse(request, 437, "Allocation Mismatch");
    } else if (!allocation.userName.equals(request.userName())) {
      Answers.refuse(request, 441, "Wrong Credentials");
    } else {
      switch (message.method()) {
        case Method.REFRESH -> allocating.refresh(request, allocation, now);
        case Method.CREATE_PERMISSION -> peers.createPermission(request, allocation, now);
        default -> peers.bindChannel(request, allocation, now);
      }
    }
  }

  private static boolean isTurn(int method) {
    return method == Method.ALLOCATE
        || method == Method.REFRESH
        || method == Method.CREATE_PERMISSION
        || method == Method.CHANNEL_BIND;
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
}
