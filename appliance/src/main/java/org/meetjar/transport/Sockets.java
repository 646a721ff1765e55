package org.meetjar.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.config.TransportSettings;

/** Binds the media port: for each loop one socket on each address, all on the same port. */
final class Sockets {
  /** When the system chooses, its choice on one address may be taken on another. */
  private static final int ATTEMPTS = 20;

  private Sockets() {}

  static List<List<NioDatagramPort>> bind(
      TransportSettings settings, List<InetAddress> addresses, int loops) throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<List<NioDatagramPort>> bound = new ArrayList<>();
      try {
        int port = settings.mediaPort();
        if (port != 0 && loops > 1) {
          refuseTaken(addresses, port);
        }
        for (int loop = 0; loop < loops; loop++) {
          List<NioDatagramPort> ports = new ArrayList<>();
          bound.add(ports);
          for (InetAddress address : addresses) {
            NioDatagramPort socket =
                NioDatagramPort.bind(
                    ports.size(), address, port, loops > 1, settings.socketBufferBytes());
            ports.add(socket);
            port = socket.local().getPort();
          }
        }
        return bound;
      } catch (IOException e) {
        bound.forEach(ports -> ports.forEach(NioDatagramPort::close));
        if (settings.mediaPort() != 0 || attempt == ATTEMPTS) {
          throw explained(settings.mediaPort(), e);
        }
      }
    }
  }

  /** Sockets that share a port share it with another appliance of the same user, too. */
  private static void refuseTaken(List<InetAddress> addresses, int port) throws IOException {
    for (InetAddress address : addresses) {
      try (DatagramChannel alone = DatagramChannel.open()) {
        alone.bind(new InetSocketAddress(address, port));
      }
    }
  }

  private static IOException explained(int port, IOException e) {
    if (!(e instanceof BindException)) {
      return e;
    }
    IOException explained =
        new BindException(
            "UDP port "
                + port
                + " is taken or not allowed: stop what uses it, or choose another with"
                + " --media-port.");
    explained.initCause(e);
    return explained;
  }
}
