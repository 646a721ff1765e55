package org.meetjar.focus;

/** The XML namespaces that a focus speaks. */
final class Namespaces {
  static final String CLIENT = "jabber:client";
  static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
  static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
  static final String CAPS = "http://jabber.org/protocol/caps";
  static final String PING = "urn:xmpp:ping";
  static final String DATA_FORMS = "jabber:x:data";

  static final String MUC = "http://jabber.org/protocol/muc";
  static final String MUC_USER = "http://jabber.org/protocol/muc#user";
  static final String MUC_ADMIN = "http://jabber.org/protocol/muc#admin";
  static final String MUC_OWNER = "http://jabber.org/protocol/muc#owner";

  static final String JINGLE = "urn:xmpp:jingle:1";
  static final String JINGLE_ERRORS = "urn:xmpp:jingle:errors:1";
  static final String RTP = "urn:xmpp:jingle:apps:rtp:1";
  static final String RTCP_FEEDBACK = "urn:xmpp:jingle:apps:rtp:rtcp-fb:0";
  static final String HEADER_EXTENSIONS = "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0";
  static final String SOURCES = "urn:xmpp:jingle:apps:rtp:ssma:0";
  static final String ICE = "urn:xmpp:jingle:transports:ice-udp:1";
  static final String DTLS = "urn:xmpp:jingle:apps:dtls:0";
  static final String GROUPING = "urn:xmpp:jingle:apps:grouping:0";

  static final String FOCUS = "http://jitsi.org/protocol/focus";
  static final String COLIBRI = "http://jitsi.org/protocol/colibri";
  static final String COLIBRI2 = "jitsi:colibri2";
  static final String JITSI_MEET = "http://jitsi.org/jitmeet";

  /** Ours: the whole server has no room. */
  static final String ADMISSION = "urn:meetjar:admission";

  static final String START_MUTED = "http://jitsi.org/jitmeet/start-muted";

  private Namespaces() {}
}
