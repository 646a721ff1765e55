package org.meetjar.srtp;

import java.util.ArrayList;
import java.util.List;
import org.meetjar.fuzz.Target;

/** What pretends to be SRTP or SRTCP: nothing that was not protected with the key may pass. */
public final class SrtpFuzz implements Target {
  private static final int PLAIN_BYTES = 60;

  @Override
  public void read(byte[] bytes) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpReceiver receiver = new SrtpReceiver(keys(profile, 1), 4);
      if (receiver.unprotectRtp(bytes.clone(), 0, bytes.length) >= 0
          || receiver.unprotectRtcp(bytes.clone(), 0, bytes.length) >= 0) {
        throw new AssertionError("forged");
      }
      byte[] roomy = java.util.Arrays.copyOf(bytes, bytes.length + SrtpProfile.MAX_OVERHEAD_BYTES);
      SrtpSender sender = new SrtpSender(keys(profile, 2), 4);
      sender.protectRtp(roomy.clone(), 0, bytes.length);
      sender.protectRtcp(roomy, 0, bytes.length);
    }
  }

  private static SrtpKeys keys(SrtpProfile profile, int first) {
    byte[] exported = new byte[SrtpKeys.exportedBytes(profile)];
    exported[0] = (byte) first;
    return SrtpKeys.ofClient(profile, exported);
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpSender sender = new SrtpSender(keys(profile, 3), 4);
      byte[] rtp = new byte[PLAIN_BYTES + SrtpProfile.MAX_OVERHEAD_BYTES];
      rtp[0] = (byte) 0x80;
      byte[] rtcp = rtp.clone();
      rtcp[1] = (byte) 200;
      seeds.add(java.util.Arrays.copyOf(rtp, sender.protectRtp(rtp, 0, PLAIN_BYTES)));
      seeds.add(java.util.Arrays.copyOf(rtcp, sender.protectRtcp(rtcp, 0, PLAIN_BYTES)));
    }
    return seeds;
  }
}
