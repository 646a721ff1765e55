package org.meetjar.focus;

import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource.VideoType;

/**
 * One SSRC that a participant sends, as Jingle describes it (XEP-0339).
 *
 * @param ssrc unsigned 32-bit
 * @param name of the source that it belongs to, such as {@code aaaa1111-v0}
 * @param msid media stream and track, RFC 8830; may be empty
 */
record Source(long ssrc, MediaKind kind, String name, String msid, VideoType videoType) {}
