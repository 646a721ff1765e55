/**
 * The signalling hub. Clients come over WebSocket (RFC 7395), sign in (SASL: ANONYMOUS, PLAIN,
 * SCRAM), bind an address and send stanzas (RFC 6120, RFC 6121), which {@link
 * org.meetjar.xmpp.Router} brings to other clients and to the {@link org.meetjar.xmpp.Component}s
 * of the appliance. XEP-0198 carries a session over a broken connection.
 *
 * <p>The way in: {@code WebSocketCarrier} parses a message on the web server's thread and hands it
 * to its {@code XmppStream} on the signalling loop, which negotiates with the help of {@code Login}
 * and, once an address is bound, gives stanzas to the {@code Session}; this writes the true sender
 * into them and routes them. The way out: {@code Session.deliver} keeps the stanza until it is
 * acknowledged and writes it to the stream, if there is one at the moment.
 *
 * <p>The signalling loop owns all of it, but for {@code Strangers}, which says so.
 */
package org.meetjar.xmpp;
