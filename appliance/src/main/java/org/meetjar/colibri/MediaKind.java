package org.meetjar.colibri;

/** Audio or video, by the names that SDP and Jingle use in lower case. */
public enum MediaKind {
  AUDIO,
  VIDEO;

  public String wireName() {
    return this == AUDIO ? "audio" : "video";
  }
}
