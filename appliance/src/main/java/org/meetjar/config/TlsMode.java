package org.meetjar.config;

/** Where the certificate of the encrypted page comes from. */
public enum TlsMode {
  /** From the other settings: given files, else an authority if the domain is public. */
  AUTO,
  /** From an authority, by ACME (RFC 8555). */
  ACME,
  /** We sign it ourselves; browsers warn. */
  SELF_SIGNED,
  /** Somebody else looks after its files. */
  FILES,
  /** There is no encrypted page: a proxy in front of us has it. */
  OFF
}
