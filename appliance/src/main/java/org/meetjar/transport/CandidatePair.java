package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.meetjar.datagram.DatagramPort;

/**
 * A pair of a local and a remote candidate (RFC 8445 section 6.1.2) with its check in flight.
 * Belongs to its agent's loop, except for {@link #closed} and the final fields.
 */
final class CandidatePair {
  enum State {
    /** Known, no check sent yet. */
    WAITING,
    IN_PROGRESS,
    /** A check of ours was answered: the peer wants our packets at this address. */
    SUCCEEDED,
    FAILED
  }

  /** DTLS that came before our check's answer; a client's first flight is two datagrams. */
  private static final int MAX_HELD = 4;

  final IceAgent agent;
  final Flow flow;
  State state = State.WAITING;
  boolean nominatedByPeer;

  /** Last time that anything authentic came from there. */
  long lastReceivedNanos;

  /** Last time that a check of ours was answered: consent, RFC 7675. */
  long lastAnswerNanos;

  long transactionHead;
  int transactionTail;
  boolean inFlight;
  boolean nominating;
  int tries;
  long sentNanos;
  long retryNanos;

  /** Set when the agent has forgotten the pair; read by other loops that route to it. */
  volatile boolean closed;

  private final ArrayDeque<byte[]> held = new ArrayDeque<>(0);

  CandidatePair(IceAgent agent, DatagramPort port, InetSocketAddress remote) {
    this.agent = agent;
    flow = new Flow(port, remote);
  }

  boolean isValid() {
    return state == State.SUCCEEDED;
  }

  /** Keeps a DTLS packet until the pair is validated; false when there are enough. */
  boolean hold(byte[] buffer, int offset, int length) {
    if (held.size() >= MAX_HELD) {
      return false;
    }
    byte[] copy = new byte[length];
    System.arraycopy(buffer, offset, copy, 0, length);
    return held.add(copy);
  }

  /** The next packet that was held, or null. */
  byte[] pollHeld() {
    return held.poll();
  }
}
