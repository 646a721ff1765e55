package org.meetjar.focus;

import org.meetjar.colibri.ColibriError;

/**
 * How a client is told that its session is over.
 *
 * @param reason XEP-0166 section 7.4; empty when the client is not told
 */
record Ending(String reason, String text) {
  /** The client knows, or is not there. */
  static final Ending SILENT = new Ending("", "");

  /** Another session follows at once. */
  static final Ending MOVING = new Ending("success", "moving");

  static Ending expired(String text) {
    return new Ending("expired", text);
  }

  static Ending failed(String text) {
    return new Ending("general-error", text);
  }

  /** The bridge has refused an endpoint. */
  static Ending refused(ColibriError error) {
    return failed(
        error.reason() == ColibriError.Reason.OVERLOADED
            ? "resource-constraint: the server has no room for another participant"
            : "the media server refuses the session");
  }

  boolean isSilent() {
    return reason.isEmpty();
  }
}
