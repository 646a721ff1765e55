package org.meetjar.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.datagram.DatagramPort;

/** The candidates that every transport offers, RFC 8445 section 5.1. Immutable. */
final class LocalCandidates {
  private static final int HOST_PREFERENCE = 126;
  private static final int PEER_REFLEXIVE_PREFERENCE = 110;

  private LocalCandidates() {}

  /**
   * Host candidates, in the order given.
   *
   * @param addresses where clients reach the port
   */
  static List<Candidate> of(List<InetAddress> addresses, int port) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      InetAddress address = addresses.get(i);
      candidates.add(
          new Candidate(
              Integer.toString(i + 1),
              1,
              "udp",
              priority(HOST_PREFERENCE, localPreference(address, i)),
              text(address),
              port,
              "host",
              "",
              0));
    }
    return List.copyOf(candidates);
  }

  /** The PRIORITY of checks, section 7.1.1. */
  static int peerReflexivePriority(DatagramPort port) {
    return (int)
        priority(
            PEER_REFLEXIVE_PREFERENCE, localPreference(port.local().getAddress(), port.index()));
  }

  /** Section 5.1.2.1, for component 1. */
  static long priority(int typePreference, int localPreference) {
    return (long) typePreference << 24 | (long) localPreference << 8 | 255;
  }

  /** Addresses of the wider world before those of this machine, in their order. */
  private static int localPreference(InetAddress address, int order) {
    int rank = address.isLoopbackAddress() ? 0x4000 : 0xFFFF;
    return rank - order - (address instanceof Inet4Address ? 0 : 0x100);
  }

  /** The address without a scope, as SDP writes it. */
  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
