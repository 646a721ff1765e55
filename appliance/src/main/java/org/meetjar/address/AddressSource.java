package org.meetjar.address;

import java.net.InetAddress;
import java.util.List;

/** Somebody who can tell how the Internet calls this machine. */
interface AddressSource {
  /** Who that is, for the log: "the cloud's metadata". */
  String name();

  /** Asks, and blocks for some seconds at most; empty when there was no answer. */
  List<InetAddress> ask();

  /** Whether an address that the Internet does not know may be right, too. */
  default boolean knowsInnerNetworks() {
    return false;
  }
}
