package org.meetjar.stun;

/** The class of a message, RFC 8489 section 5; the ordinal is the two-bit code. */
public enum MessageClass {
  REQUEST,
  INDICATION,
  SUCCESS,
  ERROR
}
