package org.meetjar.bridge;

/** Estimates what one receiver's downlink carries. Owned by the conference's loop. */
interface BandwidthEstimator {
  /**
   * A packet was given to the transport.
   *
   * @param transportSequence modulo 65536
   */
  void sent(int transportSequence, int bytes, long nanos);

  /**
   * The receiver said what became of a packet.
   *
   * @param arrivalMicros on the receiver's clock, or -1 if it did not arrive
   */
  void feedback(int transportSequence, long arrivalMicros);

  /** A feedback packet has been read to its end. */
  void feedbackEnd(long nanos);

  /** What may be allocated, {@link Long#MAX_VALUE} if there is no sign of a limit. */
  long limitBps();

  /** What the downlink is known to carry, to be shown to the user. */
  long carriedBps(long nanos);
}
