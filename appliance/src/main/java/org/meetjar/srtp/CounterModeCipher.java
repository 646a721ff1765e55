package org.meetjar.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES128_CM_HMAC_SHA1_80, RFC 3711 sections 4.1.1 and 4.2.1. */
final class CounterModeCipher implements PacketCipher {
  private static final int TAG = 10;

  private final Half rtp;
  private final Half rtcp;
  private final byte[] word = new byte[4];
  private final byte[] digest = new byte[20];
  private byte[] ciphered = new byte[1600];

  CounterModeCipher(SrtpKeys keys) {
    rtp =
        new Half(
            keys,
            KeyDerivation.RTP_ENCRYPTION,
            KeyDerivation.RTP_AUTHENTICATION,
            KeyDerivation.RTP_SALT);
    rtcp =
        new Half(
            keys,
            KeyDerivation.RTCP_ENCRYPTION,
            KeyDerivation.RTCP_AUTHENTICATION,
            KeyDerivation.RTCP_SALT);
  }

  @Override
  public int protectRtp(byte[] buffer, int offset, int length, int header, long index) {
    int ssrc = Packets.int32(buffer, offset + 8);
    crypt(rtp, buffer, offset + header, length - header, ssrc, index);
    digestRtp(buffer, offset, length, index);
    System.arraycopy(digest, 0, buffer, offset + length, TAG);
    return length + TAG;
  }

  @Override
  public int unprotectRtp(byte[] buffer, int offset, int length, int header, long index) {
    int signed = length - TAG;
    if (signed < header) {
      return SrtpReceiver.MALFORMED;
    }
    digestRtp(buffer, offset, signed, index);
    if (!tagMatches(buffer, offset + signed)) {
      return SrtpReceiver.NOT_AUTHENTIC;
    }
    int ssrc = Packets.int32(buffer, offset + 8);
    crypt(rtp, buffer, offset + header, signed - header, ssrc, index);
    return signed;
  }

  @Override
  public int protectRtcp(byte[] buffer, int offset, int length, int index) {
    int header = Packets.RTCP_HEADER_BYTES;
    int ssrc = Packets.int32(buffer, offset + 4);
    crypt(rtcp, buffer, offset + header, length - header, ssrc, index);
    Packets.putInt32(buffer, offset + length, index | 0x8000_0000);
    int signed = length + 4;
    rtcp.mac.update(buffer, offset, signed);
    finish(rtcp.mac);
    System.arraycopy(digest, 0, buffer, offset + signed, TAG);
    return signed + TAG;
  }

  @Override
  public int unprotectRtcp(byte[] buffer, int offset, int length, int trailer) {
    int header = Packets.RTCP_HEADER_BYTES;
    int signed = length - TAG;
    if (signed < header + 4) {
      return SrtpReceiver.MALFORMED;
    }
    rtcp.mac.update(buffer, offset, signed);
    finish(rtcp.mac);
    if (!tagMatches(buffer, offset + signed)) {
      return SrtpReceiver.NOT_AUTHENTIC;
    }
    int plain = signed - 4;
    if (trailer < 0) {
      int ssrc = Packets.int32(buffer, offset + 4);
      crypt(rtcp, buffer, offset + header, plain - header, ssrc, trailer & 0x7FFF_FFFF);
    }
    return plain;
  }

  private void digestRtp(byte[] buffer, int offset, int length, long index) {
    rtp.mac.update(buffer, offset, length);
    Packets.putInt32(word, 0, (int) (index >>> 16));
    rtp.mac.update(word, 0, 4);
    finish(rtp.mac);
  }

  private void finish(Mac mac) {
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC", e);
    }
  }

  private boolean tagMatches(byte[] buffer, int at) {
    int difference = 0;
    for (int i = 0; i < TAG; i++) {
      difference |= digest[i] ^ buffer[at + i];
    }
    return difference == 0;
  }

  /** By way of an array of our own: in place, the cipher would allocate one for every packet. */
  private void crypt(Half half, byte[] buffer, int at, int length, int ssrc, long index) {
    if (ciphered.length < length) {
      ciphered = new byte[length];
    }
    try {
      half.init(ssrc, index);
      half.cipher.doFinal(buffer, at, length, ciphered, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR", e);
    }
    System.arraycopy(ciphered, 0, buffer, at, length);
  }

  /** The keys for RTP, or those for RTCP. */
  private static final class Half {
    final Cipher cipher;
    final Mac mac;
    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] counter = new byte[16];

    Half(SrtpKeys keys, int keyLabel, int macLabel, int saltLabel) {
      key = new SecretKeySpec(KeyDerivation.derive(keys, keyLabel, 16), "AES");
      salt = KeyDerivation.derive(keys, saltLabel, 14);
      try {
        cipher = Cipher.getInstance("AES/CTR/NoPadding");
        mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(KeyDerivation.derive(keys, macLabel, 20), "HmacSHA1"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-CTR or HMAC-SHA1 is missing", e);
      }
    }

    /** Section 4.1.1: the salt, the SSRC and the index, each at its place in the counter block. */
    void init(int ssrc, long index) throws GeneralSecurityException {
      System.arraycopy(salt, 0, counter, 0, 14);
      for (int i = 0; i < 4; i++) {
        counter[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
      }
      for (int i = 0; i < 6; i++) {
        counter[8 + i] ^= (byte) (index >>> (40 - 8 * i));
      }
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
    }
  }
}
