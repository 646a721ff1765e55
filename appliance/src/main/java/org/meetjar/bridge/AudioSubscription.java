package org.meetjar.bridge;

import java.util.Set;

/**
 * Which audio sources a receiver wants.
 *
 * @param all whether all that are not excluded, or only those included
 */
record AudioSubscription(boolean all, Set<String> include, Set<String> exclude) {
  static final AudioSubscription EVERYTHING = new AudioSubscription(true, Set.of(), Set.of());

  AudioSubscription {
    include = Set.copyOf(include);
    exclude = Set.copyOf(exclude);
  }

  boolean wants(String source) {
    return include.contains(source) || (all && !exclude.contains(source));
  }
}
