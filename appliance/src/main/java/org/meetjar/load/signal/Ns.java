package org.meetjar.load.signal;

/** The XML namespaces that a client speaks. */
final class Ns {
  static final String CLIENT = "jabber:client";
  static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";
  static final String STREAM = "http://etherx.jabber.org/streams";
  static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
  static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
  static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
  static final String SESSION = "urn:ietf:params:xml:ns:xmpp-session";
  static final String PING = "urn:xmpp:ping";
  static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
  static final String EXTERNAL_SERVICES = "urn:xmpp:extdisco:2";
  static final String MUC = "http://jabber.org/protocol/muc";
  static final String MUC_USER = "http://jabber.org/protocol/muc#user";
  static final String NICK = "http://jabber.org/protocol/nick";
  static final String FOCUS = "http://jitsi.org/protocol/focus";
  static final String JITSI_MEET = "http://jitsi.org/jitmeet";
  static final String COLIBRI = "http://jitsi.org/protocol/colibri";
  static final String COLIBRI2 = "jitsi:colibri2";
  static final String JINGLE = "urn:xmpp:jingle:1";
  static final String RTP = "urn:xmpp:jingle:apps:rtp:1";
  static final String EXTENSIONS = "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0";
  static final String SOURCES = "urn:xmpp:jingle:apps:rtp:ssma:0";
  static final String ICE = "urn:xmpp:jingle:transports:ice-udp:1";
  static final String DTLS = "urn:xmpp:jingle:apps:dtls:0";
  static final String GROUPING = "urn:xmpp:jingle:apps:grouping:0";

  private Ns() {}
}
