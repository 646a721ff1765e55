package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, told to end while people are in a meeting. */
class DrainIT {
  @TempDir Path folder;

  @Test
  void peopleAreToldAndHaveTimeAndNobodyBeginsAnew() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(folder.resolve("data"), "--set", "drain=10 minutes")) {
      Participant ada = Participant.join(jar.httpPort(), "adaadaad");

      CompletableFuture<Integer> ended = ending(jar);

      assertThat(ada.hear()).contains("about to be restarted");
      assertThat(ada.requestConference("another@conference.localhost")).contains("<error");
      assertThat(ended).as("while somebody talks").isNotDone();
      ada.end();
      assertThat(ended.get(50, TimeUnit.SECONDS)).isEqualTo(143);
    }
  }

  @Test
  void patienceEnds() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(folder.resolve("data"), "--set", "drain=1 second")) {
      Participant ada = Participant.join(jar.httpPort(), "adaadaad");
      assertThat(ending(jar).get(50, TimeUnit.SECONDS)).isEqualTo(143);
      assertThat(ada.hear()).contains("in 1 seconds");
    }
  }

  private static CompletableFuture<Integer> ending(PackagedJar jar) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return jar.stop();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
