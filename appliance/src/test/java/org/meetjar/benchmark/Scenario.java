package org.meetjar.benchmark;

import java.util.List;

/**
 * Who is simulated.
 *
 * @param forwards whether packets are forwarded, so that their cost can be told
 * @param options of the load tool
 */
record Scenario(String name, boolean forwards, List<String> options) {
  static final List<Scenario> ALL =
      List.of(
          of("a quiet call: 3 people at 720p", "--participants", "3"),
          of("a larger call: 8 people at 720p", "--participants", "8"),
          of("one meeting of 10 at 720p", "--participants", "10"),
          of("10 meetings of 10 at 720p", "--rooms", "10", "--participants", "10"),
          of(
              "one room of 100, tiles, last-n 25",
              "--participants",
              "100",
              "--video",
              "180p",
              "--view",
              "tiles",
              "--last-n",
              "25"),
          new Scenario(
              "100 people who send nothing",
              false,
              List.of("--rooms", "10", "--participants", "10", "--silent")));

  private static Scenario of(String name, String... options) {
    return new Scenario(name, true, List.of(options));
  }
}
