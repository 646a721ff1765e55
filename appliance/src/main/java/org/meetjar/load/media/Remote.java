package org.meetjar.load.media;

import java.net.InetSocketAddress;
import java.util.List;
import org.meetjar.colibri.TransportDescription.Fingerprint;

/** The bridge, as a session offers it. */
public record Remote(
    String ufrag,
    String password,
    List<Fingerprint> fingerprints,
    List<InetSocketAddress> candidates) {
  public Remote {
    fingerprints = List.copyOf(fingerprints);
    candidates = List.copyOf(candidates);
  }
}
