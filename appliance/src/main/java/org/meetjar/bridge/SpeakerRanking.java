package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of a conference, by how recently each was the dominant speaker. The decision
 * follows the local processing and comparison of Volfin and Cohen, section 4: somebody becomes
 * dominant who beats the present speaker clearly over the immediate and the medium window, and
 * nobody else does so better.
 */
final class SpeakerRanking {
  /** Margins of the logarithmic ratios of the scores; the long window's is 0. */
  private static final double IMMEDIATE_MARGIN = 3;

  private static final double MEDIUM_MARGIN = 2;
  private static final double LONG_MARGIN = 0;

  private final Map<String, SpeechActivity> activities = new HashMap<>();
  private final List<String> ranked = new ArrayList<>();
  private String dominant = "";

  void add(String endpoint) {
    activities.put(endpoint, new SpeechActivity());
    ranked.add(endpoint);
  }

  void remove(String endpoint) {
    activities.remove(endpoint);
    ranked.remove(endpoint);
    if (dominant.equals(endpoint)) {
      dominant = "";
    }
  }

  /**
   * @param level 0 (silence) to 127
   */
  void level(String endpoint, int level, long nanos) {
    SpeechActivity activity = activities.get(endpoint);
    if (activity != null) {
      activity.level(level, nanos);
    }
  }

  /**
   * Decides anew; to be called every 300 ms.
   *
   * @return whether there is another dominant speaker now
   */
  boolean decide(long nanos) {
    activities.values().forEach(activity -> activity.evaluate(nanos));
    SpeechActivity present = activities.get(dominant);
    String best = "";
    double bestMedium = MEDIUM_MARGIN;
    for (Map.Entry<String, SpeechActivity> entry : activities.entrySet()) {
      SpeechActivity activity = entry.getValue();
      if (activity == present) {
        continue;
      }
      double immediate = ratio(activity.immediateScore(), score(present, 0));
      double medium = ratio(activity.mediumScore(), score(present, 1));
      double longer = ratio(activity.longScore(), score(present, 2));
      if (immediate > IMMEDIATE_MARGIN && medium > bestMedium && longer > LONG_MARGIN) {
        best = entry.getKey();
        bestMedium = medium;
      }
    }
    if (best.isEmpty()) {
      return false;
    }
    dominant = best;
    ranked.remove(best);
    ranked.add(0, best);
    return true;
  }

  private static double score(SpeechActivity activity, int window) {
    if (activity == null) {
      return 1e-10;
    }
    return switch (window) {
      case 0 -> activity.immediateScore();
      case 1 -> activity.mediumScore();
      default -> activity.longScore();
    };
  }

  private static double ratio(double score, double other) {
    return Math.log(score / other);
  }

  /** The present speaker, or empty while nobody has spoken. */
  String dominant() {
    return dominant;
  }

  /** All endpoints, the present speaker first, then those before it, then who never spoke. */
  List<String> ranked() {
    return ranked;
  }

  /** Up to ten who were dominant or may be next, most recent first, without the present one. */
  List<String> previous() {
    return ranked.stream().filter(id -> !id.equals(dominant)).limit(10).toList();
  }
}
