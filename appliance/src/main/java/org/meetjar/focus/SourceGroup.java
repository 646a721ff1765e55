package org.meetjar.focus;

import java.util.List;
import org.meetjar.colibri.MediaKind;

/**
 * RFC 5576 ssrc-group.
 *
 * @param semantics {@code SIM} (lowest layer first) or {@code FID} (media, retransmission)
 */
record SourceGroup(MediaKind kind, String semantics, List<Long> ssrcs) {
  static final String SIMULCAST = "SIM";
  static final String RETRANSMISSION = "FID";

  SourceGroup {
    ssrcs = List.copyOf(ssrcs);
  }

  boolean isSimulcast() {
    return semantics.equals(SIMULCAST);
  }

  boolean isRetransmission() {
    return semantics.equals(RETRANSMISSION);
  }
}
