package org.meetjar.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.meetjar.config.TransportSettings;
import org.meetjar.datagram.DatagramIo;
import org.meetjar.datagram.PortGroup;

/** Binds the media port: for a loop one socket on each address, all on the same port. */
final class Sockets {
  /** When the system chooses, its choice on one address may be taken on another. */
  private static final int ATTEMPTS = 20;

  private final DatagramIo io;
  private final TransportSettings settings;
  private final List<InetAddress> addresses;
  private final boolean shared;

  /**
   * @param shared whether sockets of several loops will share the port
   */
  Sockets(DatagramIo io, TransportSettings settings, List<InetAddress> addresses, boolean shared) {
    this.io = io;
    this.settings = settings;
    this.addresses = addresses;
    this.shared = shared;
  }

  /** The first loop's: they get the port. */
  PortGroup first() throws IOException {
    int wanted = settings.mediaPort();
    for (int attempt = 1; ; attempt++) {
      try {
        if (wanted != 0 && shared) {
          refuseTaken(wanted);
        }
        return bind(wanted);
      } catch (IOException e) {
        if (wanted != 0 || attempt == ATTEMPTS) {
          throw explained(wanted, e);
        }
      }
    }
  }

  /** Another loop's, which join in on the port; from then on the system spreads what arrives. */
  PortGroup more(int port) throws IOException {
    return bind(port);
  }

  private PortGroup bind(int wanted) throws IOException {
    PortGroup group = io.open();
    try {
      int port = wanted;
      for (InetAddress address : addresses) {
        port = group.bind(address, port, shared, settings.socketBufferBytes()).local().getPort();
      }
      return group;
    } catch (IOException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  /** Sockets that share a port share it with another appliance of the same user, too. */
  private void refuseTaken(int port) throws IOException {
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
