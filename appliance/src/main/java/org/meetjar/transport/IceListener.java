package org.meetjar.transport;

/** Hears of an ICE agent's progress, on its loop. */
interface IceListener {
  /** DTLS and media may be taken from this pair. */
  void validated(CandidatePair pair);

  /** Packets are sent on this pair from now on. */
  void selected(CandidatePair pair);

  /** DTLS, RTP or RTCP came on one of the agent's pairs, validated or not. */
  void packet(
      CandidatePair pair, FirstLook kind, byte[] buffer, int offset, int length, long arrivalNanos);

  void iceFailed(String why);
}
