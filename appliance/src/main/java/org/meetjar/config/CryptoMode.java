package org.meetjar.config;

/** Whose ciphers protect media. */
public enum CryptoMode {
  /** The best that the machine has. */
  AUTO,
  /** OpenSSL's, by way of Java 22 and newer, or a failure to start. */
  OPENSSL,
  /** What Java brings. */
  JDK
}
