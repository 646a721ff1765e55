package org.meetjar;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How to stop what has been started: the last first. Any thread may use it. */
final class StopOrder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StopOrder.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Is to be stopped before all that was added earlier. */
  void add(AutoCloseable stop) {
    synchronized (started) {
      started.push(stop);
    }
  }

  /** Builds a part on a worker; whatever else happens, it will be stopped in its turn. */
  <T extends AutoCloseable> CompletableFuture<T> begin(Supplier<T> builder, Executor workers) {
    CompletableFuture<T> part = CompletableFuture.supplyAsync(builder, workers);
    add(
        () -> {
          T built = part.exceptionally(failure -> null).join();
          if (built != null) {
            built.close();
          }
        });
    return part;
  }

  /** Stops everything; what fails keeps nothing else from being stopped. */
  @Override
  public void close() {
    synchronized (started) {
      while (!started.isEmpty()) {
        try {
          started.pop().close();
        } catch (Exception e) {
          log.warn("stopping: {}", e.toString());
        }
      }
    }
  }
}
