package org.meetjar.datagram;

import java.io.IOException;
import java.net.InetAddress;
import org.meetjar.config.DatagramMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way in which datagrams are sent and received, chosen once. May be used by any thread. */
public final class DatagramIo {
  private static final Logger log = LoggerFactory.getLogger(DatagramIo.class);
  private static final int FIRST_JAVA_WITH_FOREIGN = 22;

  /** Makes what a group of its own needs; empty for NIO. */
  private interface Groups {
    PortGroup open() throws IOException;
  }

  private final Groups groups;
  private final String description;
  private final Runnable trim;
  private final ThreadWeight weight;

  private DatagramIo(Groups groups, String description, Runnable trim, boolean calls) {
    this.groups = groups;
    this.description = description;
    this.trim = trim;
    weight = new ThreadWeight(calls);
  }

  /**
   * Chooses, by trying.
   *
   * @throws IOException with a sentence for the operator when what was asked for is not to be had
   */
  public static DatagramIo choose(DatagramMode mode) throws IOException {
    DatagramIo nio = new DatagramIo(NioPortGroup::new, "NIO", () -> {}, false);
    if (mode == DatagramMode.NIO) {
      return nio;
    }
    try {
      return batches();
    } catch (IOException | RuntimeException | LinkageError e) {
      if (mode == DatagramMode.NATIVE) {
        throw new IOException(
            "transport.io is native, which this machine does not have ("
                + e.getMessage()
                + "): it takes Linux on x86-64 or 64-bit ARM; set it to auto.",
            e);
      }
      log.debug("no batches of datagrams", e);
      return nio;
    }
  }

  private static DatagramIo batches() throws IOException {
    if (!Linux.isHere()) {
      throw new IOException(
          "this is " + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
    }
    SystemCalls tried = systemCalls();
    try (NativePortGroup group = new NativePortGroup(tried)) {
      NativeDatagramPort port =
          (NativeDatagramPort) group.bind(InetAddress.getLoopbackAddress(), 0, false, 4096);
      group.receive((on, buffer, offset, length, from) -> {}, 1);
      String offload = (port.cuts() ? ", UDP_SEGMENT" : "") + (port.joins() ? ", UDP_GRO" : "");
      return new DatagramIo(
          () -> new NativePortGroup(systemCalls()),
          "recvmmsg, sendmmsg" + offload + " by " + tried.name(),
          tried::mallocTrim,
          true);
    }
  }

  /** The C library, as this Java reaches it. */
  static SystemCalls systemCalls() {
    return Runtime.version().feature() >= FIRST_JAVA_WITH_FOREIGN
        ? new ForeignCalls()
        : new JnaCalls();
  }

  /**
   * Gives memory back to the system that native code has freed: the compiler's after the start.
   * Does nothing where batches are not used.
   */
  public void trimMemory() {
    trim.run();
  }

  public PortGroup open() throws IOException {
    return groups.open();
  }

  /** The weight of threads, by the same way to the system. */
  public ThreadWeight threadWeight() {
    return weight;
  }

  /** What was chosen, for the log. */
  @Override
  public String toString() {
    return description;
  }
}
