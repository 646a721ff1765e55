package org.meetjar.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that DTLS handshakes wait on, and our certificate. A thread lives while there are
 * handshakes and a few seconds more; how many there may be is also how many handshakes may be half
 * open. When all are taken, a first flight is dropped and the client repeats it.
 */
final class DtlsHandshakes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DtlsHandshakes.class);

  /** Reserved, not used: a handshake needs about a third of it. */
  private static final int STACK_BYTES = 512 * 1024;

  private final ThreadPoolExecutor threads;
  private final int timeoutMillis;
  private final CompletableFuture<DtlsIdentity> identity = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * @param begins what each of the threads does first
   */
  DtlsHandshakes(int limit, Duration timeout, Runnable begins) {
    timeoutMillis = (int) timeout.toMillis();
    threads =
        new ThreadPoolExecutor(
            0,
            limit,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Runnable all =
                  () -> {
                    begins.run();
                    task.run();
                  };
              Thread thread = new Thread(null, all, "dtls", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
  }

  private void createIdentity() {
    try {
      identity.complete(DtlsIdentity.create());
    } catch (RuntimeException | Error e) {
      log.error("no DTLS certificate", e);
      identity.completeExceptionally(e);
    }
  }

  /** Our certificate; made by the first call, for which later ones wait. */
  DtlsIdentity identity() {
    if (!identity.isDone() && begun.compareAndSet(false, true)) {
      createIdentity();
    }
    return identity.join();
  }

  int timeoutMillis() {
    return timeoutMillis;
  }

  /** How many handshakes are under way. */
  int active() {
    return threads.getActiveCount();
  }

  boolean submit(Runnable task) {
    try {
      threads.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
