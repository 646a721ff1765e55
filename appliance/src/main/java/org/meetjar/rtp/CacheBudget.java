package org.meetjar.rtp;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all retransmission caches of the process may hold. May be used by any thread. */
public final class CacheBudget {
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  public CacheBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  boolean take(int bytes) {
    if (used.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void release(int bytes) {
    used.addAndGet(-bytes);
  }

  public long usedBytes() {
    return used.get();
  }

  public long limitBytes() {
    return limitBytes;
  }
}
