package org.meetjar.turn;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets on which clients are served, and the selector of them all. */
final class TurnSockets {
  private static final Logger log = LoggerFactory.getLogger(TurnSockets.class);

  /** Of each listening socket; the kernel's own default holds some ten milliseconds. */
  private static final int SOCKET_BUFFER = 1 << 20;

  /** How often another port is tried when the system chose one that only TCP has free. */
  private static final int PORT_TRIES = 10;

  private final Selector selector;
  private final List<SelectableChannel> listeners = new ArrayList<>();

  TurnSockets() throws IOException {
    selector = Selector.open();
  }

  Selector selector() {
    return selector;
  }

  /**
   * Opens a UDP and a TCP socket on each address, all on the same port.
   *
   * @param wanted 0 to let the system choose
   * @return the port; 0 when another program has it
   */
  int listen(List<InetAddress> addresses, int wanted) throws IOException {
    for (int i = 1; ; i++) {
      try {
        int bound = wanted;
        for (InetAddress address : addresses) {
          bound = listen(address, bound);
        }
        return bound;
      } catch (BindException taken) {
        for (SelectableChannel listener : listeners) {
          listener.close();
        }
        listeners.clear();
        selector.selectNow();
        if (wanted != 0 || i == PORT_TRIES) {
          log.warn(
              "port {} of the relay is taken by another program: it is offered on the encrypted"
                  + " port alone; stop that program, or choose another port with --set turn.port",
              wanted);
          return 0;
        }
      } catch (IOException e) {
        close();
        throw e;
      }
    }
  }

  private int listen(InetAddress address, int wanted) throws IOException {
    ServerSocketChannel tcp = ServerSocketChannel.open();
    listeners.add(tcp);
    tcp.bind(new InetSocketAddress(address, wanted));
    tcp.configureBlocking(false);
    tcp.register(selector, SelectionKey.OP_ACCEPT);
    int bound = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
    DatagramChannel udp = DatagramChannel.open();
    listeners.add(udp);
    udp.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
    udp.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
    udp.bind(new InetSocketAddress(address, bound));
    udp.configureBlocking(false);
    udp.register(selector, SelectionKey.OP_READ);
    return bound;
  }

  /** Closes the listeners, and every channel that is registered with the selector. */
  void close() {
    if (!selector.isOpen()) {
      return;
    }
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      for (SelectableChannel listener : listeners) {
        listener.close();
      }
      selector.close();
    } catch (IOException e) {
      log.debug("closing the relay", e);
    }
  }
}
