/**
 * Calls that nobody makes: a conference of three made-up people on a bridge and a media port of its
 * own, both ends through our own transport, so that the virtual machine has loaded and compiled the
 * path of a packet (ICE, DTLS, SRTP, selection, RTCP, retransmission) before the first real call.
 * Runs on a thread of its own and on the loop of its own transports; both are light: whoever comes
 * goes before. It ends by itself, and at once when more than a few have come.
 */
package org.meetjar.warmup;
