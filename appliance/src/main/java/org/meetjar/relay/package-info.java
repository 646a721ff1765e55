/**
 * Gives the meetings their relay: tells clients where it is and how to get in (XEP-0215), and tells
 * the TURN server whose session lives and which addresses its meeting has announced. {@link
 * org.meetjar.relay.MeetingPeers} belongs to the signalling loop and answers the TURN thread from
 * what it has published; nothing is locked.
 */
package org.meetjar.relay;
