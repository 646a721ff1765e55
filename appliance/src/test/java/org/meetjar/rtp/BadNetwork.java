package org.meetjar.rtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A network that loses some packets and lets others arrive up to three pictures late.
 *
 * @param <P> what it carries
 */
final class BadNetwork<P> {
  private static final int LATEST = 4;

  private final Random random;
  private final Consumer<P> receiver;
  private final Map<Integer, List<P>> delayed = new HashMap<>();

  BadNetwork(Random random, Consumer<P> receiver) {
    this.random = random;
    this.receiver = receiver;
  }

  /**
   * Takes a packet of a picture.
   *
   * @param loss how probably it never arrives
   * @param reorder how probably it arrives with another picture's
   */
  void send(P packet, int picture, double loss, double reorder) {
    double luck = random.nextDouble();
    if (luck < loss) {
      return;
    }
    if (luck < loss + reorder) {
      int later = picture + random.nextInt(LATEST);
      delayed.computeIfAbsent(later, at -> new ArrayList<>()).add(packet);
    } else {
      receiver.accept(packet);
    }
  }

  /** All of a picture has been sent: what was delayed until now arrives. */
  void sent(int picture) {
    List<P> late = delayed.remove(picture);
    if (late != null) {
      late.forEach(receiver);
    }
  }
}
