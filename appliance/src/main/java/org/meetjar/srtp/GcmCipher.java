package org.meetjar.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_128_GCM, RFC 7714. */
final class GcmCipher implements PacketCipher {
  private static final int TAG = 16;

  private final Half rtp;
  private final Half rtcp;
  private final byte[] word = new byte[4];
  private byte[] opened = new byte[1600];

  GcmCipher(SrtpKeys keys) {
    this(
        KeyDerivation.derive(keys, KeyDerivation.RTP_ENCRYPTION, 16),
        KeyDerivation.derive(keys, KeyDerivation.RTP_SALT, 12),
        KeyDerivation.derive(keys, KeyDerivation.RTCP_ENCRYPTION, 16),
        KeyDerivation.derive(keys, KeyDerivation.RTCP_SALT, 12));
  }

  /** With session keys, as the RFC's examples have them. */
  GcmCipher(byte[] rtpKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpSalt) {
    rtp = new Half(rtpKey, rtpSalt);
    rtcp = new Half(rtcpKey, rtcpSalt);
  }

  @Override
  public int protectRtp(byte[] buffer, int offset, int length, int header, long index) {
    try {
      rtp.init(Cipher.ENCRYPT_MODE, Packets.int32(buffer, offset + 8), index);
      rtp.cipher.updateAAD(buffer, offset, header);
      int body = offset + header;
      return header + rtp.cipher.doFinal(buffer, body, length - header, buffer, body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("GCM", e);
    }
  }

  @Override
  public int unprotectRtp(byte[] buffer, int offset, int length, int header, long index) {
    if (length < header + TAG) {
      return SrtpReceiver.MALFORMED;
    }
    try {
      rtp.init(Cipher.DECRYPT_MODE, Packets.int32(buffer, offset + 8), index);
      rtp.cipher.updateAAD(buffer, offset, header);
      return header + open(rtp.cipher, buffer, offset + header, length - header);
    } catch (AEADBadTagException e) {
      return SrtpReceiver.NOT_AUTHENTIC;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("GCM", e);
    }
  }

  @Override
  public int protectRtcp(byte[] buffer, int offset, int length, int index) {
    try {
      rtcp.init(Cipher.ENCRYPT_MODE, Packets.int32(buffer, offset + 4), index);
      Packets.putInt32(word, 0, index | 0x8000_0000);
      rtcp.cipher.updateAAD(buffer, offset, Packets.RTCP_HEADER_BYTES);
      rtcp.cipher.updateAAD(word, 0, 4);
      int body = offset + Packets.RTCP_HEADER_BYTES;
      int sealed =
          rtcp.cipher.doFinal(buffer, body, length - Packets.RTCP_HEADER_BYTES, buffer, body);
      Packets.putInt32(buffer, body + sealed, index | 0x8000_0000);
      return Packets.RTCP_HEADER_BYTES + sealed + 4;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("GCM", e);
    }
  }

  @Override
  public int unprotectRtcp(byte[] buffer, int offset, int length, int trailer) {
    if (length < Packets.RTCP_HEADER_BYTES + TAG + 4) {
      return SrtpReceiver.MALFORMED;
    }
    try {
      rtcp.init(Cipher.DECRYPT_MODE, Packets.int32(buffer, offset + 4), trailer & 0x7FFF_FFFF);
      Packets.putInt32(word, 0, trailer);
      // Without the encryption flag everything is clear and authenticated, section 9.3.
      int clear = trailer < 0 ? Packets.RTCP_HEADER_BYTES : length - TAG - 4;
      rtcp.cipher.updateAAD(buffer, offset, clear);
      rtcp.cipher.updateAAD(word, 0, 4);
      return clear + open(rtcp.cipher, buffer, offset + clear, length - clear - 4);
    } catch (AEADBadTagException e) {
      return SrtpReceiver.NOT_AUTHENTIC;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("GCM", e);
    }
  }

  /** By way of an array of our own: in place, the cipher would allocate one for every packet. */
  private int open(Cipher cipher, byte[] buffer, int at, int length)
      throws GeneralSecurityException {
    if (opened.length < length) {
      opened = new byte[length];
    }
    int plain = cipher.doFinal(buffer, at, length, opened, 0);
    System.arraycopy(opened, 0, buffer, at, plain);
    return plain;
  }

  /** The keys for RTP, or those for RTCP. */
  private static final class Half {
    final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] nonce = new byte[12];

    Half(byte[] key, byte[] salt) {
      this.key = new SecretKeySpec(key, "AES");
      this.salt = salt;
      try {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-GCM is missing", e);
      }
    }

    /** Sections 8.1 and 9.1: zeros, SSRC and the 48-bit index, exclusive-or the salt. */
    void init(int mode, int ssrc, long index) throws GeneralSecurityException {
      nonce[0] = salt[0];
      nonce[1] = salt[1];
      for (int i = 0; i < 4; i++) {
        nonce[2 + i] = (byte) (salt[2 + i] ^ (ssrc >>> (24 - 8 * i)));
      }
      for (int i = 0; i < 6; i++) {
        nonce[6 + i] = (byte) (salt[6 + i] ^ (index >>> (40 - 8 * i)));
      }
      cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    }
  }
}
