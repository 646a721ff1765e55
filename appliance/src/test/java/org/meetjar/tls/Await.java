package org.meetjar.tls;

import java.util.concurrent.Callable;

/** Waits for something that other processes bring about. */
final class Await {
  private static final long PATIENCE_MS = 30_000;

  private Await() {}

  static void until(Callable<Boolean> condition) throws Exception {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    while (!condition.call()) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("it has not come to pass");
      }
      Thread.sleep(50);
    }
  }
}
