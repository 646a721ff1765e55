package org.meetjar.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.meetjar.datagram.DatagramPort;

/**
 * What the loops know of each other's transports: a packet may arrive on any loop's socket. Used
 * from every loop.
 */
final class Registry {
  private record Tuple(int portIndex, InetSocketAddress remote) {}

  private final ConcurrentHashMap<String, UdpTransport> byUfrag = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Tuple, CandidatePair> byTuple = new ConcurrentHashMap<>();
  private final boolean severalLoops;
  private volatile List<UdpMediaLoop> loops = List.of();

  Registry(boolean severalLoops) {
    this.severalLoops = severalLoops;
  }

  void loops(List<UdpMediaLoop> all) {
    loops = List.copyOf(all);
  }

  List<UdpMediaLoop> loops() {
    return loops;
  }

  /** False when the ufrag is taken. */
  boolean add(UdpTransport transport, String ufrag) {
    return byUfrag.putIfAbsent(ufrag, transport) == null;
  }

  void remove(UdpTransport transport, String ufrag) {
    byUfrag.remove(ufrag, transport);
  }

  /** The transport of that ufrag, or null. */
  UdpTransport byUfrag(String ufrag) {
    return byUfrag.get(ufrag);
  }

  int size() {
    return byUfrag.size();
  }

  void publish(CandidatePair pair) {
    if (severalLoops) {
      byTuple.put(tuple(pair), pair);
    }
  }

  void withdraw(CandidatePair pair) {
    if (severalLoops) {
      byTuple.remove(tuple(pair), pair);
    }
  }

  /** The pair that other loops have at that 5-tuple, or null. */
  CandidatePair foreign(DatagramPort port, InetSocketAddress remote) {
    return severalLoops ? byTuple.get(new Tuple(port.index(), remote)) : null;
  }

  private static Tuple tuple(CandidatePair pair) {
    return new Tuple(pair.flow.port.index(), pair.flow.remote);
  }
}
