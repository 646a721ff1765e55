package org.meetjar.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Some names cannot be proved to be ours, which says nothing about the others. */
final class Unproved extends AcmeFailure {
  private static final long serialVersionUID = 1;

  private final transient Map<String, AcmeFailure> reasons;

  /**
   * @param reasons for each of the names; at least one
   */
  Unproved(Map<String, AcmeFailure> reasons) {
    super(
        Kind.REFUSED,
        reasons.values().iterator().next().getMessage(),
        Optional.empty(),
        reasons.values().iterator().next());
    this.reasons = Map.copyOf(new LinkedHashMap<>(reasons));
  }

  Set<String> names() {
    return reasons.keySet();
  }

  Map<String, AcmeFailure> reasons() {
    return reasons;
  }
}
