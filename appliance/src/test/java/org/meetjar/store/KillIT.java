package org.meetjar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment loses no account that was acknowledged, and leaves none half made. */
class KillIT {
  private static final int KILLS = 100;

  /** Databases, each killed again and again. */
  private static final int LANES = 4;

  private static final int LONGEST_LIFE_MS = 120;

  @TempDir Path temporary;

  @Test
  void aHundredKillsLoseNoAcknowledgedAccount() throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        Path data = temporary.resolve("data-" + lane);
        Random random = new Random(lane);
        results.add(lanes.submit(() -> lane(data, random)));
      }
      int acknowledged = 0;
      for (Future<Integer> result : results) {
        acknowledged += result.get();
      }
      System.out.println(KILLS + " kills, " + acknowledged + " acknowledged accounts, all there");
      // four of five had said something before they were killed
      assertThat(acknowledged).isGreaterThanOrEqualTo(KILLS * 4 / 5);
    } finally {
      lanes.shutdownNow();
    }
  }

  private static int lane(Path data, Random random) throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 0; kill < KILLS / LANES; kill++) {
      acknowledged.addAll(runAndKill(data, "k" + kill, random, kill % 5 == 4));
      verify(data, acknowledged);
    }
    return acknowledged.size();
  }

  /**
   * @param whileOpening whether the process is killed before it may have said anything
   */
  private static List<String> runAndKill(
      Path data, String prefix, Random random, boolean whileOpening) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                classPath(),
                KilledWriter.class.getName(),
                data.toString(),
                prefix)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> said = new ArrayList<>();
    CountDownLatch first = new CountDownLatch(1);
    Thread reader = new Thread(() -> read(process.getInputStream(), said, first));
    reader.start();
    if (whileOpening) {
      Thread.sleep(random.nextInt(600));
    } else {
      assertThat(first.await(60, TimeUnit.SECONDS)).as("the writer begins").isTrue();
      Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
    }
    // kill -9
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    reader.join(30_000);
    return said;
  }

  /** Whole lines only: the last one may have been cut off. */
  private static void read(InputStream out, List<String> said, CountDownLatch first) {
    StringBuilder line = new StringBuilder();
    try (BufferedReader in =
        new BufferedReader(new java.io.InputStreamReader(out, StandardCharsets.UTF_8))) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          said.add(line.toString());
          line.setLength(0);
          first.countDown();
        } else {
          line.append((char) c);
        }
      }
    } catch (IOException killed) {
      // what was read counts
    }
  }

  private static void verify(Path data, Set<String> acknowledged) {
    try (Store store = Store.open(DataFolder.open(data))) {
      List<Account> accounts = store.accounts().list();
      Set<String> names = new HashSet<>();
      accounts.forEach(account -> names.add(account.name()));
      assertThat(names).containsAll(acknowledged);
      // a sample of them whole: with role and verifier
      for (int i = 0; i < accounts.size(); i += 1 + accounts.size() / 20) {
        assertThat(accounts.get(i).role()).isEqualTo(Role.ADMIN);
        assertThat(store.accounts().keys(accounts.get(i).name())).hasSize(1);
      }
      Account last = accounts.isEmpty() ? null : accounts.get(accounts.size() - 1);
      if (last != null) {
        assertThat(store.accounts().keys(last.name())).hasSize(1);
      }
    }
  }

  /** Where these classes are: the jar or the folders that the build has made. */
  private static String classPath() throws Exception {
    Set<String> places = new java.util.LinkedHashSet<>();
    for (Class<?> each :
        List.of(
            Store.class,
            KilledWriter.class,
            org.h2.Driver.class,
            com.typesafe.config.Config.class,
            org.slf4j.Logger.class,
            org.slf4j.jul.JDK14LoggerAdapter.class)) {
      places.add(
          Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }
}
