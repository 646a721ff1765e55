package org.meetjar.rtp;

/** The RTP header extensions that the bridge knows, RFC 8285. */
public enum ExtensionKind {
  TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  /** RFC 6464. */
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  DEPENDENCY_DESCRIPTOR(
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
  VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
  VIDEO_CONTENT_TYPE("http://www.webrtc.org/experiments/rtp-hdrext/video-content-type"),
  /** RFC 9143; never passed on. */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid");

  static final int COUNT = values().length;

  private final String uri;

  ExtensionKind(String uri) {
    this.uri = uri;
  }

  public String uri() {
    return uri;
  }

  /** Whether what a sender wrote means the same to a receiver. */
  boolean passesThrough() {
    return this != TRANSPORT_CC && this != ABS_SEND_TIME && this != MID;
  }
}
