package org.meetjar.rtp;

/** Hears what a compound RTCP packet says. Calls come during {@link RtcpReader#read}. */
public interface RtcpVisitor {
  /**
   * RFC 3550 section 6.4.1.
   *
   * @param ntp 32.32 fixed point seconds
   */
  default void senderReport(int ssrc, long ntp, int rtp) {}

  /**
   * RFC 3550 section 6.4.1.
   *
   * @param source the stream it is about
   * @param fractionLost in 1/256
   * @param lastReport middle 32 bits of the last sender report's NTP time, 0 if none came
   * @param delay since that report, in 1/65536 seconds
   */
  default void reportBlock(int source, int fractionLost, int lastReport, long delay) {}

  /**
   * A generic NACK, RFC 4585 section 6.2.1; called once per missing packet.
   *
   * @param source the stream whose packet is missing
   */
  default void nack(int source, int sequence) {}

  /** PLI (RFC 4585 section 6.3.1) or FIR (RFC 5104 section 4.3.1). */
  default void keyFrameRequest(int source) {}

  /** Transport-wide feedback; to be read by {@link TccFeedbackReader}. */
  default void transportFeedback(byte[] b, int offset, int length) {}

  /**
   * What the receiver takes its downlink to carry (REMB), draft-alvestrand-rmcat-remb-03.
   *
   * @param bps {@link Long#MAX_VALUE} for what does not fit
   */
  default void receiverEstimate(long bps) {}

  /** RFC 3550 section 6.6. */
  default void bye(int ssrc) {}
}
