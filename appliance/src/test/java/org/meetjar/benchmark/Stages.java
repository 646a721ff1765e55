package org.meetjar.benchmark;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Prints what each step of a packet costs, and their sum beside the yardstick. */
public final class Stages {
  private static final int[] SIZES = {1200, 160};

  /** Encodings of a camera that a receiver does not get. */
  private static final int ENCODINGS_LEFT_OUT = 2;

  private Stages() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("The yardstick, then every step for ten seconds, then the yardstick again.");
    Yardstick before = Yardstick.measure();
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(StageBenchmarks.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Yardstick least = before.mean(Yardstick.measure());
    System.out.printf("Java %s, nanoseconds per packet%n", Runtime.version());
    System.out.println("| step | per | 1200 bytes | 160 bytes |");
    System.out.println("|---|---|---|---|");
    double[] sums = new double[SIZES.length];
    row(results, "unprotect", "packet in", 1.0 / StageBenchmarks.RECEIVERS, sums);
    row(results, "parse", "packet in", 1.0 / StageBenchmarks.RECEIVERS, sums);
    row(results, "select", "packet not forwarded", ENCODINGS_LEFT_OUT, sums);
    row(results, "rewrite", "packet out", 1, sums);
    row(results, "protect", "packet out", 1, sums);
    row(results, "send", "packet out, in runs of 8", 1, sums);
    line("all of it, one in and nine out", "packet out", sums[0], sums[1]);
    line("the least (C, in runs)", "packet out", least.videoInRuns(), least.audioInRuns());
    System.out.printf(
        Locale.ROOT,
        "| ratio | | %.2f | %.2f |%n",
        sums[0] / least.videoInRuns(),
        sums[1] / least.audioInRuns());
  }

  private static void row(
      Collection<RunResult> results, String step, String per, double weight, double[] sums) {
    Map<String, Double> bySize =
        results.stream()
            .filter(result -> result.getPrimaryResult().getLabel().equals(step))
            .collect(
                Collectors.toMap(
                    result -> result.getParams().getParam("bytes"),
                    result -> result.getPrimaryResult().getScore()));
    double[] nanos = new double[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      nanos[i] = bySize.get(Integer.toString(SIZES[i]));
      sums[i] += nanos[i] * weight;
    }
    line(step, per, nanos[0], nanos[1]);
  }

  private static void line(String step, String per, double video, double audio) {
    System.out.printf(Locale.ROOT, "| %s | %s | %.0f | %.0f |%n", step, per, video, audio);
  }
}
