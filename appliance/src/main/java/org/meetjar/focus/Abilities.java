package org.meetjar.focus;

import java.util.EnumSet;
import java.util.Set;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaKind;

/**
 * What a client can do, as far as it changes what the focus does for it.
 *
 * @param features by their names in disco#info
 * @param rewriting whether the bridge is to rewrite SSRCs for those who know how
 */
record Abilities(Set<String> features, boolean rewriting) {
  /** Of a client that nothing is known of yet. */
  static final Abilities NONE = new Abilities(Set.of(), false);

  Abilities {
    features = Set.copyOf(features);
  }

  Set<MediaKind> kinds() {
    Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
    if (features.contains(Features.AUDIO)) {
      kinds.add(MediaKind.AUDIO);
    }
    if (features.contains(Features.VIDEO)) {
      kinds.add(MediaKind.VIDEO);
    }
    return kinds;
  }

  boolean jsonSources() {
    return features.contains(Features.JSON_SOURCES);
  }

  /**
   * Whether the bridge tells the client which of its streams stands for which source; then the
   * focus tells it of nobody's sources.
   */
  boolean rewrites() {
    return rewriting && features.contains(Features.SSRC_REWRITING);
  }

  /** As the bridge is told of them. */
  Set<String> capabilities() {
    return rewrites()
        ? Set.of("source-names", EndpointModify.SSRC_REWRITING)
        : Set.of("source-names");
  }
}
