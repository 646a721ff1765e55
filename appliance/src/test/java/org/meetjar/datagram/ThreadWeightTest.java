package org.meetjar.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.meetjar.config.DatagramMode;

class ThreadWeightTest {
  /** Field 19 of proc_pid_stat(5); the name before it may have spaces. */
  private static int niceOf(Path thread) throws Exception {
    String stat = Files.readString(thread.resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }

  private static <T> T onAThread(ThreadCall<T> call) throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      return CompletableFuture.supplyAsync(call::get, one).get(20, TimeUnit.SECONDS);
    } finally {
      one.shutdown();
    }
  }

  private interface ThreadCall<T> {
    T call() throws Exception;

    default T get() {
      try {
        return call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aThreadMakesItselfLighterAndNoOther() throws Exception {
    ThreadWeight weight = DatagramIo.choose(DatagramMode.NATIVE).threadWeight();
    Path own = Path.of("/proc/thread-self");
    int before = niceOf(own);
    int there =
        onAThread(
            () -> {
              assertThat(weight.own(before + 3)).isTrue();
              return niceOf(own);
            });
    assertThat(there).isEqualTo(before + 3);
    assertThat(niceOf(own)).isEqualTo(before);
  }

  @Test
  void theCompilersThreadsAreFound() throws Exception {
    int before = niceOf(Path.of("/proc/thread-self"));
    // Lighter cannot be undone without a right: these tests' compiler keeps its weight.
    assertThat(DatagramIo.choose(DatagramMode.NATIVE).threadWeight().ofCompilers(before))
        .isPositive();
  }

  @Test
  void withoutTheSystemsCallsNothingChanges() throws Exception {
    ThreadWeight weight = DatagramIo.choose(DatagramMode.NIO).threadWeight();
    assertThat(weight.own(3)).isFalse();
    assertThat(weight.ofCompilers(3)).isZero();
  }
}
