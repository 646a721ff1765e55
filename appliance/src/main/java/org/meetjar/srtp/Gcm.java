package org.meetjar.srtp;

/** AES-128-GCM with one key, in place. Belongs to one thread at a time. */
interface Gcm {
  int TAG_BYTES = 16;
  int NONCE_BYTES = 12;

  /** No further data to authenticate. */
  byte[] NOTHING = new byte[0];

  /**
   * Encrypts, and puts the tag behind it.
   *
   * @param aadAt where the data to authenticate alone lies, {@code aadLength} long
   * @param more what of it follows elsewhere
   * @return the length with the tag
   */
  int seal(byte[] nonce, byte[] b, int aadAt, int aadLength, byte[] more, int at, int length);

  /**
   * Decrypts what the tag stands behind; the bytes are undefined when it does not match.
   *
   * @param length with the tag
   * @return the length without it, or {@link SrtpReceiver#NOT_AUTHENTIC}
   */
  int open(byte[] nonce, byte[] b, int aadAt, int aadLength, byte[] more, int at, int length);
}
