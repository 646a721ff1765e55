package org.meetjar.transport;

import java.util.List;
import org.meetjar.fuzz.Target;

/** What tells STUN, DTLS, RTP and RTCP apart, RFC 7983. */
public final class FirstLookFuzz implements Target {
  @Override
  public void read(byte[] bytes) {
    FirstLook look = FirstLook.at(bytes, 0, bytes.length);
    int first = bytes.length == 0 ? 0 : bytes[0] & 0xff;
    boolean media = look == FirstLook.RTP || look == FirstLook.RTCP;
    if (media != (bytes.length > 1 && first >= 128 && first < 192)
        || look == FirstLook.DTLS != (bytes.length > 1 && first >= 20 && first < 64)) {
      throw new AssertionError("taken for " + look);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        new byte[] {0, 1}, new byte[] {22, (byte) 0xfe}, new byte[] {(byte) 0x80, (byte) 200});
  }
}
