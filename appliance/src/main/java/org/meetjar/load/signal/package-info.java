/**
 * The signalling of a simulated client: {@code config.js}, XMPP over WebSocket (RFC 7395), the
 * conference request, the room (XEP-0045), Jingle (XEP-0166) and the bridge channel. One loop owns
 * the state of all clients; what the JDK's WebSockets say on their threads hops onto it.
 */
package org.meetjar.load.signal;
