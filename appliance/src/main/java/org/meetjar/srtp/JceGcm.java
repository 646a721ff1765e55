package org.meetjar.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's own, which makes about a kilobyte of garbage a packet. */
final class JceGcm implements Gcm {
  private final Cipher cipher;
  private final SecretKeySpec key;
  private byte[] opened = new byte[1600];

  JceGcm(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing", e);
    }
  }

  private void begin(int mode, byte[] nonce, byte[] b, int aadAt, int aadLength, byte[] more)
      throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(b, aadAt, aadLength);
    if (more.length > 0) {
      cipher.updateAAD(more, 0, more.length);
    }
  }

  @Override
  public int seal(
      byte[] nonce, byte[] b, int aadAt, int aadLength, byte[] more, int at, int length) {
    try {
      begin(Cipher.ENCRYPT_MODE, nonce, b, aadAt, aadLength, more);
      return cipher.doFinal(b, at, length, b, at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("GCM", e);
    }
  }

  @Override
  public int open(
      byte[] nonce, byte[] b, int aadAt, int aadLength, byte[] more, int at, int length) {
    try {
      begin(Cipher.DECRYPT_MODE, nonce, b, aadAt, aadLength, more);
      // By way of an array of our own: in place, the cipher would allocate one for every packet.
      if (opened.length < length) {
        opened = new byte[length];
      }
      int plain = cipher.doFinal(b, at, length, opened, 0);
      System.arraycopy(opened, 0, b, at, plain);
      return plain;
    } catch (AEADBadTagException e) {
      return SrtpReceiver.NOT_AUTHENTIC;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("GCM", e);
    }
  }
}
