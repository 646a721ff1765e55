/**
 * STUN messages (RFC 8489) as ICE (RFC 8445) and TURN (RFC 8656) need them: a reader that looks at
 * bytes where they lie, a writer into an array that is used again, message integrity by SHA-1 and
 * SHA-256, and the fingerprint. Pure: no thread owns anything here. The instances are used again
 * for each message, so that a check of a media loop costs no garbage but the names in it.
 */
package org.meetjar.stun;
