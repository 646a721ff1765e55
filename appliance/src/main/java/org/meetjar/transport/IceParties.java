package org.meetjar.transport;

import java.util.concurrent.ThreadLocalRandom;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/**
 * Who the two sides of an ICE session are: credentials (RFC 8445 section 5.3) and roles (section
 * 6.1.1). Belongs to its agent's loop.
 */
final class IceParties {
  /** One side's ufrag and password. */
  record Credentials(String ufrag, String password) {
    @Override
    public String toString() {
      return "Credentials[" + ufrag + "]";
    }
  }

  final String ufrag;
  private final Integrity local;
  private final long tieBreaker = ThreadLocalRandom.current().nextLong();
  private boolean controlling;
  private String remoteUfrag = "";
  private String checkName = "";
  private Integrity remote;

  IceParties(Credentials own, boolean controlling) {
    ufrag = own.ufrag();
    local = Integrity.shortTerm(own.password());
    this.controlling = controlling;
  }

  /** The peer's credentials; false when they are known already. */
  boolean remote(String peerUfrag, String peerPassword) {
    if (remote != null && peerUfrag.equals(remoteUfrag)) {
      return false;
    }
    remoteUfrag = peerUfrag;
    checkName = peerUfrag + ":" + ufrag;
    remote = Integrity.shortTerm(peerPassword);
    return true;
  }

  boolean knowsRemote() {
    return remote != null;
  }

  boolean isControlling() {
    return controlling;
  }

  /** Whether a request was made with our password. */
  boolean isForUs(StunMessage request) {
    return request.holds(local);
  }

  /** Whether a request names both sides; before the peer's ufrag is known any will do. */
  boolean areNamedIn(StunMessage request) {
    String name = request.text(Attribute.USERNAME).orElse("");
    return name.length() > ufrag.length()
        && name.startsWith(ufrag)
        && (remote == null || name.endsWith(remoteUfrag));
  }

  /** Whether a response was made with the peer's password. */
  boolean isFromPeer(StunMessage response) {
    return remote != null && response.holds(remote);
  }

  /** Whether both sides think that they have the same role, RFC 8445 section 7.3.1.1. */
  boolean isRoleConflict(StunMessage request) {
    return request.has(controlling ? Attribute.ICE_CONTROLLING : Attribute.ICE_CONTROLLED);
  }

  /** Whether it is the peer that has to change its role in a conflict. */
  boolean keepsRole(StunMessage request) {
    long theirs = request.int64(controlling ? Attribute.ICE_CONTROLLING : Attribute.ICE_CONTROLLED);
    return Long.compareUnsigned(tieBreaker, theirs) >= 0 == controlling;
  }

  void changeRole() {
    controlling = !controlling;
  }

  /** Adds to a check what says who we are, and ends it. */
  void sign(StunWriter check, boolean nominating) {
    check.add(Attribute.USERNAME, checkName);
    check.add(controlling ? Attribute.ICE_CONTROLLING : Attribute.ICE_CONTROLLED, tieBreaker);
    if (controlling && nominating) {
      check.add(Attribute.USE_CANDIDATE);
    }
    check.add(remote).addFingerprint();
  }

  /** Ends an answer of ours. */
  void signAnswer(StunWriter answer) {
    answer.add(local).addFingerprint();
  }
}
