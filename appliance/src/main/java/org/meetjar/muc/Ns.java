package org.meetjar.muc;

/** The XML namespaces that rooms read and write. */
final class Ns {
  static final String CLIENT = "jabber:client";
  static final String MUC = "http://jabber.org/protocol/muc";
  static final String MUC_USER = MUC + "#user";
  static final String MUC_ADMIN = MUC + "#admin";
  static final String MUC_OWNER = MUC + "#owner";
  static final String ROOM_CONFIG = MUC + "#roomconfig";
  static final String ROOM_INFO = MUC + "#roominfo";
  static final String DATA = "jabber:x:data";
  static final String DELAY = "urn:xmpp:delay";
  static final String LEGACY_DELAY = "jabber:x:delay";
  static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
  static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
  static final String PING = "urn:xmpp:ping";
  static final String HINTS = "urn:xmpp:hints";
  static final String RETRACT = "urn:xmpp:message-retract:1";

  /** Ours: the whole server has no room. */
  static final String ADMISSION = "urn:meetjar:admission";

  static final String JITMEET = "http://jitsi.org/jitmeet";
  static final String FOCUS = "http://jitsi.org/protocol/focus";
  static final String DISPLAY_NAME = "http://jitsi.org/protocol/display-name";
  static final String START_MUTED = "http://jitsi.org/jitmeet/start-muted";

  private Ns() {}
}
