package org.meetjar.colibri;

/**
 * A refusal.
 *
 * @param endpoint the endpoint it is about, or empty
 * @param text a sentence for logs
 */
public record ColibriError(Reason reason, String endpoint, String text) implements ColibriReply {
  public enum Reason {
    CONFERENCE_NOT_FOUND,
    CONFERENCE_ALREADY_EXISTS,
    UNKNOWN_ENDPOINT,
    GRACEFUL_SHUTDOWN,
    /** The bridge has no room for another endpoint. */
    OVERLOADED,
    BAD_REQUEST
  }
}
