package org.meetjar.turn;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the relay does and has done since it started. May be read from any thread. */
public final class TurnMetrics {
  final AtomicInteger allocations = new AtomicInteger();
  final LongAdder allocationsMade = new LongAdder();
  final LongAdder bytesToPeers = new LongAdder();
  final LongAdder bytesToClients = new LongAdder();

  /** Allocations at this moment. */
  public int allocations() {
    return allocations.get();
  }

  public long allocationsMade() {
    return allocationsMade.sum();
  }

  /** Payload that clients had sent to peers. */
  public long bytesToPeers() {
    return bytesToPeers.sum();
  }

  /** Payload that peers had sent to clients. */
  public long bytesToClients() {
    return bytesToClients.sum();
  }
}
