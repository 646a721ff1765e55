package org.meetjar.bridge;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one receiver wishes to see. A message changes what it names and leaves the rest. Sources are
 * named by themselves or, by older clients, by their endpoint.
 */
final class ReceiverConstraints {
  static final int UNLIMITED = -1;

  /** The height that stands for no limit. */
  static final int MAX_HEIGHT = 2160;

  private static final int FIRST_HEIGHT = 180;

  /**
   * @param maxHeight in pixels, 0 for nothing, -1 for any
   * @param maxFrameRate per second, -1 for any
   */
  record Limit(int maxHeight, double maxFrameRate) {
    static final Limit ANY = new Limit(UNLIMITED, UNLIMITED);

    int height() {
      return maxHeight < 0 ? MAX_HEIGHT : Math.min(maxHeight, MAX_HEIGHT);
    }
  }

  /** What a {@code ReceiverVideoConstraints} message says; what is empty is left as it is. */
  record Change(
      OptionalInt lastN,
      Optional<List<String>> selected,
      Optional<List<String>> onStage,
      Optional<Limit> defaults,
      Optional<Map<String, Limit>> limits,
      OptionalLong assumedBandwidthBps) {}

  private boolean known;
  private int lastN = UNLIMITED;
  private Set<String> selected = Set.of();
  private Set<String> onStage = Set.of();
  private Limit defaults = new Limit(FIRST_HEIGHT, UNLIMITED);
  private Map<String, Limit> limits = Map.of();
  private long assumedBandwidthBps = UNLIMITED;

  void apply(Change change) {
    known = true;
    change.lastN().ifPresent(this::lastN);
    change.selected().ifPresent(names -> selected = new LinkedHashSet<>(names));
    change.onStage().ifPresent(names -> onStage = new LinkedHashSet<>(names));
    change.defaults().ifPresent(limit -> defaults = limit);
    change.limits().ifPresent(map -> limits = new HashMap<>(map));
    change.assumedBandwidthBps().ifPresent(bps -> assumedBandwidthBps = bps);
  }

  /** Holds until the receiver says itself how many; it may have done so before. */
  void initialLastN(int lastN) {
    if (!known) {
      lastN(lastN);
    }
  }

  void lastN(int lastN) {
    this.lastN = Math.max(UNLIMITED, lastN);
  }

  /** Whether the receiver has said anything: before that it gets no video. */
  boolean isKnown() {
    return known;
  }

  /** How many video sources at most. */
  int maxSources() {
    return lastN < 0 ? Integer.MAX_VALUE : lastN;
  }

  /** The place in the list of sources on stage, or {@link Integer#MAX_VALUE}. */
  int stageRank(String source, String owner) {
    return rank(onStage, source, owner);
  }

  /** The place in the list of selected sources, or {@link Integer#MAX_VALUE}. */
  int selectedRank(String source, String owner) {
    return rank(selected, source, owner);
  }

  private static int rank(Set<String> names, String source, String owner) {
    int rank = 0;
    for (String name : names) {
      if (name.equals(source) || name.equals(owner)) {
        return rank;
      }
      rank++;
    }
    return Integer.MAX_VALUE;
  }

  Limit limit(String source, String owner) {
    Limit limit = limits.get(source);
    if (limit == null) {
      limit = limits.get(owner);
    }
    return limit == null ? defaults : limit;
  }

  /** {@link Long#MAX_VALUE} when the client assumes nothing. */
  long assumedBandwidthBps() {
    return assumedBandwidthBps < 0 ? Long.MAX_VALUE : assumedBandwidthBps;
  }
}
