package org.meetjar.srtp;

/** A DTLS-SRTP protection profile, RFC 5764 section 4.1.2 and RFC 7714 section 14.2. */
public enum SrtpProfile {
  AEAD_AES_128_GCM(0x0007, 16, 12, 16),
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

  /** The most that protection adds to a packet, in bytes: a GCM tag and the SRTCP index. */
  public static final int MAX_OVERHEAD_BYTES = 20;

  private final int id;
  private final int keyBytes;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
    this.id = id;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** The number in the use_srtp extension. */
  public int id() {
    return id;
  }

  public int keyBytes() {
    return keyBytes;
  }

  public int saltBytes() {
    return saltBytes;
  }

  /** Length of the authentication tag in bytes. */
  public int tagBytes() {
    return tagBytes;
  }
}
