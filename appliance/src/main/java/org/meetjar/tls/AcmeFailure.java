package org.meetjar.tls;

import java.time.Duration;
import java.util.Optional;

/** Why there is no certificate, as the end of a sentence, with what to check. */
class AcmeFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Kind kind;
  private final transient Optional<Duration> retryAfter;

  AcmeFailure(Kind kind, String sentence, Optional<Duration> retryAfter, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  AcmeFailure(Kind kind, String sentence) {
    this(kind, sentence, Optional.empty(), null);
  }

  Kind kind() {
    return kind;
  }

  /** How long the authority asks us to stay away. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** What it means for the next attempt. */
  enum Kind {
    /** The authority cannot be reached, or is out of order: costs nobody anything. */
    UNREACHED,
    /** It does not give us one: counts against its limits. */
    REFUSED,
    /** We have asked too often. */
    TOO_MUCH
  }
}
