package org.meetjar.load.media;

import org.meetjar.rtp.ExtensionMap;

/**
 * The payload types and header extensions that a server offered, as far as we use them.
 *
 * @param opus payload type, -1 if it was not offered
 * @param vp8 payload type, -1 if it was not offered
 * @param rtx the payload type that repairs VP8, -1 if it was not offered
 */
public record Negotiation(int opus, int vp8, int rtx, ExtensionMap audio, ExtensionMap video) {}
