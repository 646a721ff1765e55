package org.meetjar.rtp;

/** The RTP header extensions that the bridge knows, RFC 8285. */
public enum ExtensionKind {
  TRANSPORT_CC(0, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  ABS_SEND_TIME(1, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  /** RFC 6464. */
  AUDIO_LEVEL(2, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  DEPENDENCY_DESCRIPTOR(
      3, "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
  VIDEO_ORIENTATION(4, "urn:3gpp:video-orientation"),
  VIDEO_CONTENT_TYPE(5, "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type"),
  /** RFC 9143; never passed on. */
  MID(6, "urn:ietf:params:rtp-hdrext:sdes:mid");

  static final int COUNT = values().length;

  private final int index;
  private final String uri;

  ExtensionKind(int index, String uri) {
    this.index = index;
    this.uri = uri;
  }

  public String uri() {
    return uri;
  }

  /** The place in tables, from 0. */
  int index() {
    return index;
  }

  /** Whether what a sender wrote means the same to a receiver. */
  boolean passesThrough() {
    return this != TRANSPORT_CC && this != ABS_SEND_TIME && this != MID;
  }
}
