package org.meetjar.datagram;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** The sockets of one loop, and what waits for them. Belongs to the loop's thread. */
public interface PortGroup extends AutoCloseable {
  /**
   * Opens one more socket; its index is how many there were before.
   *
   * @param port 0 to let the system choose
   * @param shared whether sockets of other groups will share the port
   * @param bufferBytes what to ask for as the socket's buffers; the system may give less
   */
  DatagramPort bind(InetAddress address, int port, boolean shared, int bufferBytes)
      throws IOException;

  List<DatagramPort> ports();

  /**
   * Waits until something has arrived, or {@link #wakeUp} is called, or so many nanoseconds have
   * passed, rounded up; {@link Long#MAX_VALUE} waits for ever, 0 not at all.
   */
  void await(long nanos) throws IOException;

  /** Waits for {@link #wakeUp} or that time; what arrives stays where it is. */
  void rest(long nanos) throws IOException;

  /**
   * Hands over what has arrived, without waiting.
   *
   * @param batch about how many to take from each socket at most
   * @return how many there were
   */
  int receive(DatagramSink sink, int batch) throws IOException;

  /**
   * How many packets the system has dropped so far because these sockets' buffers were full: it
   * says so with the next packet that it did keep. 0 where it does not tell.
   */
  default long overflowed() {
    return 0;
  }

  /**
   * Sends what the ports took.
   *
   * @return how many the system did not take
   */
  int flush();

  /** How many datagrams have left in runs that the kernel cut up. */
  long packetsInRuns();

  /** Ends a wait, or the next one. To be called from any thread. */
  void wakeUp();

  @Override
  void close();
}
