package org.meetjar.transport;

import java.net.InetSocketAddress;
import org.meetjar.datagram.DatagramPort;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/** Answers the peer's checks, RFC 8445 section 7.3. Belongs to the agent's loop. */
final class IceResponder {
  private final UdpMediaLoop loop;
  private final IceParties parties;
  private final CandidatePairs pairs;

  IceResponder(UdpMediaLoop loop, IceParties parties, CandidatePairs pairs) {
    this.loop = loop;
    this.parties = parties;
    this.pairs = pairs;
  }

  /** Answers a request that was made with our password; false when it was refused. */
  boolean answer(StunMessage request, DatagramPort port, InetSocketAddress from) {
    byte[] unknown = request.unknown(IceResponder::isKnown);
    if (unknown.length > 0) {
      StunWriter refusal = writer(request, MessageClass.ERROR).addError(420, "Unknown Attribute");
      send(refusal.add(Attribute.UNKNOWN_ATTRIBUTES, unknown), port, from);
      return false;
    }
    if (parties.isRoleConflict(request)) {
      if (parties.keepsRole(request)) {
        send(writer(request, MessageClass.ERROR).addError(487, "Role Conflict"), port, from);
        return false;
      }
      parties.changeRole();
    }
    StunWriter answer = writer(request, MessageClass.SUCCESS);
    send(answer.add(Attribute.XOR_MAPPED_ADDRESS, from), port, from);
    return true;
  }

  private StunWriter writer(StunMessage request, MessageClass messageClass) {
    return loop.peers().writer().answer(request, messageClass);
  }

  private static boolean isKnown(int type) {
    return switch (type) {
      case Attribute.USERNAME,
          Attribute.MESSAGE_INTEGRITY,
          Attribute.MESSAGE_INTEGRITY_SHA256,
          Attribute.PRIORITY,
          Attribute.USE_CANDIDATE ->
          true;
      default -> false;
    };
  }

  private void send(StunWriter answer, DatagramPort port, InetSocketAddress to) {
    parties.signAnswer(answer);
    CandidatePair known = pairs.find(port, to);
    Flow flow = known == null ? new Flow(port, to) : known.flow;
    loop.batch().add(flow, answer.buffer(), 0, answer.length());
  }
}
