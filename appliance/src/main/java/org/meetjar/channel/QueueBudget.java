package org.meetjar.channel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may wait for all clients together. As long as it suffices everybody may use its own bound;
 * when it doesn't, those who have more than an even share have to go, and nobody else. May be used
 * by any thread.
 */
public final class QueueBudget {
  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger queues = new AtomicInteger();

  public QueueBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** One queue more; to be followed by one {@link #close}. */
  public void open() {
    queues.incrementAndGet();
  }

  /** One queue less, in which so much was waiting. */
  public void close(long bytes) {
    queues.decrementAndGet();
    used.addAndGet(-bytes);
  }

  /** So much has joined a queue. */
  public void add(long bytes) {
    used.addAndGet(bytes);
  }

  /** So much has left a queue. */
  public void remove(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Whether a queue in which so much waits may go on. */
  public boolean allows(long bytes) {
    return used.get() <= limitBytes || bytes <= limitBytes / Math.max(1, queues.get());
  }

  public long usedBytes() {
    return used.get();
  }
}
