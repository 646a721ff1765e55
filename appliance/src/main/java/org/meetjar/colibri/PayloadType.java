package org.meetjar.colibri;

import java.util.List;
import java.util.Map;

/**
 * One RTP payload type, XEP-0167.
 *
 * @param name the encoding's name as SDP has it: {@code opus}, {@code VP8}, {@code rtx}
 * @param clockRate in Hz
 * @param channels 1 unless said otherwise
 * @param parameters the fmtp parameters in order
 * @param feedback RTCP feedback as SDP writes it: {@code nack}, {@code nack pli}, {@code ccm fir},
 *     {@code transport-cc}
 */
public record PayloadType(
    int id,
    String name,
    int clockRate,
    int channels,
    Map<String, String> parameters,
    List<String> feedback) {
  public PayloadType {
    feedback = List.copyOf(feedback);
  }
}
