package org.meetjar.colibri;

import java.util.List;

/**
 * One side of an ICE and DTLS transport, XEP-0176 and XEP-0320.
 *
 * @param webSocketUrl the URL of the bridge channel, or empty
 */
public record TransportDescription(
    String ufrag,
    String password,
    List<Fingerprint> fingerprints,
    List<Candidate> candidates,
    String webSocketUrl) {
  public TransportDescription {
    fingerprints = List.copyOf(fingerprints);
    candidates = List.copyOf(candidates);
  }

  /**
   * @param hash such as {@code sha-256}
   * @param value upper-case hexadecimal bytes joined by colons
   * @param setup {@code actpass}, {@code active} or {@code passive}, RFC 4145
   */
  public record Fingerprint(String hash, String value, String setup) {}

  /**
   * An ICE candidate, RFC 8445.
   *
   * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
   * @param relatedAddress the base of a reflexive candidate, or empty
   */
  public record Candidate(
      String foundation,
      int component,
      String protocol,
      long priority,
      String address,
      int port,
      String type,
      String relatedAddress,
      int relatedPort) {}
}
