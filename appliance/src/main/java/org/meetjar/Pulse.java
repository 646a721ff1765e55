package org.meetjar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meetjar.loop.Loop;

/** Asks loops for a sign of life. */
final class Pulse {
  /** A loop that does not answer for so long is stuck. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Pulse() {}

  /**
   * Whether each gets a task done in good time. Blocks until they have, or have not; not to be
   * called on one of them.
   */
  static boolean of(List<Loop> loops) {
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (Loop loop : loops) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      answers.add(answer);
      loop.execute(() -> answer.complete(null));
    }
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException stuck) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
