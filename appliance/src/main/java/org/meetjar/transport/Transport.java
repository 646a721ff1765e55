package org.meetjar.transport;

import java.util.List;
import java.util.Map;
import org.meetjar.colibri.TransportDescription;

/**
 * One endpoint's way to its client: an ICE agent, a DTLS association and the SRTP contexts. Owned
 * by its {@link MediaLoop}: every call is made on it.
 */
public interface Transport {
  MediaLoop loop();

  /**
   * Our ufrag, password, candidates and fingerprint (setup {@code actpass}); no bridge channel URL
   * in it.
   */
  TransportDescription local();

  /**
   * The client's side. The first call starts connectivity checks; later ones may add candidates.
   */
  void remote(TransportDescription remote);

  /**
   * Sends a plaintext RTP packet: it is copied into the turn's send batch before the call returns,
   * so the bytes may be used again at once; it is protected when the turn ends. Dropped, and
   * counted, before {@link TransportListener#connected}.
   */
  void sendRtp(byte[] buffer, int offset, int length);

  /** As {@link #sendRtp}, for a compound RTCP packet. */
  void sendRtcp(byte[] buffer, int offset, int length);

  /**
   * {@link MediaLoop#nanoTime} of the last authenticated sign of life: STUN check or consent, SRTP,
   * SRTCP; 0 if none.
   */
  long lastActivityNanos();

  /** Smoothed round-trip time of connectivity checks in milliseconds, negative while unknown. */
  double roundTripMs();

  void close();

  /** What one wants to know of it when something is wrong, ready for JSON; no addresses in it. */
  default Map<String, Object> debugState() {
    return Map.of();
  }

  /** Creates transports. May be used from any thread. */
  interface Factory {
    /** The loops, one per core; a conference lives on one of them. */
    List<? extends MediaLoop> loops();

    /**
     * Makes a transport. To be called on the loop; it must not block for long there: what does is
     * prepared elsewhere.
     *
     * @param controlling whether our ICE agent has the controlling role; true towards browsers
     */
    Transport create(MediaLoop loop, String name, boolean controlling, TransportListener listener);
  }
}
