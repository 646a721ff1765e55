package org.meetjar.srtp;

/**
 * One profile's transform with the session keys of one direction. All methods work in place and
 * return the packet's new length; the opening ones return {@link SrtpReceiver#NOT_AUTHENTIC} for a
 * packet that is not, whose bytes are then undefined.
 */
interface PacketCipher {
  int protectRtp(byte[] buffer, int offset, int length, int header, long index);

  int unprotectRtp(byte[] buffer, int offset, int length, int header, long index);

  /** Protects SRTCP; its index has 31 bits. */
  int protectRtcp(byte[] buffer, int offset, int length, int index);

  /** Opens SRTCP; the trailer is the word with the encryption flag and the index, as it came. */
  int unprotectRtcp(byte[] buffer, int offset, int length, int trailer);

  static PacketCipher of(SrtpKeys keys) {
    return switch (keys.profile()) {
      case AEAD_AES_128_GCM -> new GcmCipher(keys);
      case AES128_CM_HMAC_SHA1_80 -> new CounterModeCipher(keys);
    };
  }
}
