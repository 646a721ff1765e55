package org.meetjar.focus;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What one participant has been told of the sources of the others, and of whom it is to be told
 * more. Only the difference at the time of telling counts: what came and went in between is never
 * mentioned.
 */
final class SourceSignaling {
  private final Map<String, SourceSet> told = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();

  /** What is to be signalled, by owner: first the removal. */
  record Update(Map<String, SourceSet> removed, Map<String, SourceSet> added) {}

  /** The participant is told all of this in an offer. */
  void reset(Map<String, SourceSet> all) {
    told.clear();
    told.putAll(all);
    changed.clear();
  }

  void changed(String owner) {
    changed.add(owner);
  }

  boolean isPending() {
    return !changed.isEmpty();
  }

  /**
   * @param current what the participant should now know of an owner
   */
  Update flush(Function<String, SourceSet> current) {
    Update update = new Update(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (String owner : changed) {
      SourceSet before = told.getOrDefault(owner, SourceSet.EMPTY);
      SourceSet after = current.apply(owner);
      SourceSet removed = before.minus(after);
      SourceSet added = after.minus(before);
      if (!removed.isEmpty()) {
        update.removed().put(owner, removed);
      }
      if (!added.isEmpty()) {
        update.added().put(owner, added);
      }
      if (after.isEmpty()) {
        told.remove(owner);
      } else {
        told.put(owner, after);
      }
    }
    changed.clear();
    return update;
  }
}
