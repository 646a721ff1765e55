package org.meetjar.transport;

/** Hears what happens on a {@link Transport}. Every call is made on the transport's media loop. */
public interface TransportListener {
  /** ICE and DTLS are done: packets can be sent. */
  void connected();

  /**
   * A plaintext RTP packet that was authenticated and is no replay. The bytes are the listener's
   * only during the call, and it may change them in place.
   *
   * @param arrivalNanos {@link MediaLoop#nanoTime} of the batch that brought it
   */
  void rtp(byte[] buffer, int offset, int length, long arrivalNanos);

  /** A plaintext compound RTCP packet, authenticated; otherwise as {@link #rtp}. */
  void rtcp(byte[] buffer, int offset, int length, long arrivalNanos);

  /**
   * ICE failed or its consent expired (RFC 7675), or DTLS failed. The transport stays until it is
   * closed.
   */
  void failed(String why);
}
