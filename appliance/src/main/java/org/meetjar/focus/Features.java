package org.meetjar.focus;

import java.util.Set;

/** The features of clients that change what a focus does. */
final class Features {
  static final String AUDIO = "urn:xmpp:jingle:apps:rtp:audio";
  static final String VIDEO = "urn:xmpp:jingle:apps:rtp:video";
  static final String RTX = "urn:ietf:rfc:4588";
  static final String TRANSPORT_CC = "http://jitsi.org/tcc";
  static final String SSRC_REWRITING = "http://jitsi.org/ssrc-rewriting-1";
  static final String REMB = "http://jitsi.org/remb";
  static final String JSON_SOURCES = "http://jitsi.org/json-encoded-sources";

  /** The client wants sound that is sent twice. */
  static final String OPUS_RED = "http://jitsi.org/opus-red";

  /** What is taken for granted of a client that doesn't say. */
  static final Set<String> DEFAULT = Set.of(AUDIO, VIDEO, RTX, TRANSPORT_CC);

  private Features() {}
}
