package org.meetjar.srtp;

import java.util.function.Function;

/** AEAD_AES_128_GCM, RFC 7714. */
final class GcmCipher implements PacketCipher {
  private static final int TAG = Gcm.TAG_BYTES;

  private final Half rtp;
  private final Half rtcp;
  private final byte[] word = new byte[4];

  GcmCipher(SrtpKeys keys) {
    this(
        KeyDerivation.derive(keys, KeyDerivation.RTP_ENCRYPTION, 16),
        KeyDerivation.derive(keys, KeyDerivation.RTP_SALT, 12),
        KeyDerivation.derive(keys, KeyDerivation.RTCP_ENCRYPTION, 16),
        KeyDerivation.derive(keys, KeyDerivation.RTCP_SALT, 12),
        SrtpCrypto::gcm);
  }

  /**
   * With session keys, as the RFC's examples have them.
   *
   * @param gcm whose GCM
   */
  GcmCipher(
      byte[] rtpKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpSalt, Function<byte[], Gcm> gcm) {
    rtp = new Half(gcm.apply(rtpKey), rtpSalt);
    rtcp = new Half(gcm.apply(rtcpKey), rtcpSalt);
  }

  @Override
  public int protectRtp(byte[] buffer, int offset, int length, int header, long index) {
    byte[] nonce = rtp.nonce(Packets.int32(buffer, offset + 8), index);
    return header
        + rtp.gcm.seal(
            nonce, buffer, offset, header, Gcm.NOTHING, offset + header, length - header);
  }

  @Override
  public int unprotectRtp(byte[] buffer, int offset, int length, int header, long index) {
    if (length < header + TAG) {
      return SrtpReceiver.MALFORMED;
    }
    byte[] nonce = rtp.nonce(Packets.int32(buffer, offset + 8), index);
    int plain =
        rtp.gcm.open(nonce, buffer, offset, header, Gcm.NOTHING, offset + header, length - header);
    return plain < 0 ? plain : header + plain;
  }

  @Override
  public int protectRtcp(byte[] buffer, int offset, int length, int index) {
    byte[] nonce = rtcp.nonce(Packets.int32(buffer, offset + 4), index);
    Packets.putInt32(word, 0, index | 0x8000_0000);
    int clear = Packets.RTCP_HEADER_BYTES;
    int sealed = rtcp.gcm.seal(nonce, buffer, offset, clear, word, offset + clear, length - clear);
    Packets.putInt32(buffer, offset + clear + sealed, index | 0x8000_0000);
    return clear + sealed + 4;
  }

  @Override
  public int unprotectRtcp(byte[] buffer, int offset, int length, int trailer) {
    if (length < Packets.RTCP_HEADER_BYTES + TAG + 4) {
      return SrtpReceiver.MALFORMED;
    }
    byte[] nonce = rtcp.nonce(Packets.int32(buffer, offset + 4), trailer & 0x7FFF_FFFF);
    Packets.putInt32(word, 0, trailer);
    // Without the encryption flag everything is clear and authenticated, section 9.3.
    int clear = trailer < 0 ? Packets.RTCP_HEADER_BYTES : length - TAG - 4;
    int plain =
        rtcp.gcm.open(nonce, buffer, offset, clear, word, offset + clear, length - clear - 4);
    return plain < 0 ? plain : clear + plain;
  }

  /** The keys for RTP, or those for RTCP. */
  private static final class Half {
    final Gcm gcm;
    private final byte[] salt;
    private final byte[] nonce = new byte[Gcm.NONCE_BYTES];

    Half(Gcm gcm, byte[] salt) {
      this.gcm = gcm;
      this.salt = salt;
    }

    /** Sections 8.1 and 9.1: zeros, SSRC and the 48-bit index, exclusive-or the salt. */
    byte[] nonce(int ssrc, long index) {
      nonce[0] = salt[0];
      nonce[1] = salt[1];
      for (int i = 0; i < 4; i++) {
        nonce[2 + i] = (byte) (salt[2 + i] ^ (ssrc >>> (24 - 8 * i)));
      }
      for (int i = 0; i < 6; i++) {
        nonce[6 + i] = (byte) (salt[6 + i] ^ (index >>> (40 - 8 * i)));
      }
      return nonce;
    }
  }
}
