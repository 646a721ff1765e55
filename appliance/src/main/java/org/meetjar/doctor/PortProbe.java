package org.meetjar.doctor;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/** Tries to take a port. */
@FunctionalInterface
interface PortProbe {
  Result probe(ListeningPort port);

  enum Result {
    FREE,
    TAKEN,
    /** A low one, and we may not. */
    NOT_ALLOWED
  }

  /** Takes it on all addresses for a moment. */
  static Result byBinding(ListeningPort port) {
    InetSocketAddress everywhere = new InetSocketAddress(port.number());
    try {
      if (port.udp()) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
          socket.setReuseAddress(false);
          socket.bind(everywhere);
        }
      } else {
        try (ServerSocket socket = new ServerSocket()) {
          // what lingers of a server that has just stopped does no harm
          socket.setReuseAddress(true);
          socket.bind(everywhere);
        }
      }
      return Result.FREE;
    } catch (BindException e) {
      return refused(e);
    } catch (SocketException e) {
      return refused(e);
    } catch (IOException e) {
      return Result.TAKEN;
    }
  }

  private static Result refused(SocketException e) {
    String reason = String.valueOf(e.getMessage());
    return reason.contains("denied") || reason.contains("not permitted")
        ? Result.NOT_ALLOWED
        : Result.TAKEN;
  }
}
