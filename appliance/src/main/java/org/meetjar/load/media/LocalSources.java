package org.meetjar.load.media;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The SSRCs of one client.
 *
 * @param camera one per layer, lowest first
 * @param repairs the retransmission stream of each layer
 */
public record LocalSources(int microphone, List<Integer> camera, List<Integer> repairs) {
  public LocalSources {
    camera = List.copyOf(camera);
    repairs = List.copyOf(repairs);
  }

  /** Random ones, all different. */
  public static LocalSources random(int layers, RandomGenerator random) {
    List<Integer> ssrcs =
        random.ints(1, Integer.MAX_VALUE).distinct().limit(1 + 2L * layers).boxed().toList();
    return new LocalSources(
        ssrcs.get(0), ssrcs.subList(1, 1 + layers), ssrcs.subList(1 + layers, 1 + 2 * layers));
  }
}
