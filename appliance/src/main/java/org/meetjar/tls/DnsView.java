package org.meetjar.tls;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.meetjar.config.IpAddress;

/**
 * Where the names lead to, seen from this machine: a hint for whoever waits for a certificate, and
 * a reason to try again. The world may see it otherwise, so nothing depends on it.
 *
 * @param hint what to check, as part of a sentence; empty if all seems right
 */
record DnsView(Aim aim, Optional<String> hint) {
  /** From worst to best. */
  enum Aim {
    /** A name has no address. */
    NOWHERE,
    /** A name has an address that this machine doesn't see as its own. */
    ELSEWHERE,
    /** All is as it should be. */
    HERE
  }

  /**
   * Looks; blocks while the DNS is asked.
   *
   * @param known addresses that this machine has beside those that it sees
   */
  static DnsView of(List<String> names, List<InetAddress> known) {
    List<InetAddress> own = new ArrayList<>(known);
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(own::add);
    } catch (SocketException unknown) {
      // then it is only a poorer hint
    }
    return of(names, own, DnsView::resolved);
  }

  static DnsView of(
      List<String> names, List<InetAddress> own, Function<String, List<InetAddress>> resolver) {
    DnsView worst = new DnsView(Aim.HERE, Optional.empty());
    for (String name : names) {
      DnsView view =
          IpAddress.parse(name)
              .map(address -> ofAddress(address, own))
              .orElseGet(() -> ofName(name, resolver.apply(name), own));
      worst = view.aim.compareTo(worst.aim) < 0 ? view : worst;
    }
    return worst;
  }

  private static DnsView ofAddress(InetAddress address, List<InetAddress> own) {
    return has(own, address)
        ? new DnsView(Aim.HERE, Optional.empty())
        : new DnsView(
            Aim.ELSEWHERE,
            Optional.of(
                IpAddress.text(address)
                    + " is none of this machine's own addresses, which is right only if a router"
                    + " or cloud in front of it translates"));
  }

  private static DnsView ofName(String name, List<InetAddress> found, List<InetAddress> own) {
    if (found.isEmpty()) {
      return new DnsView(
          Aim.NOWHERE,
          Optional.of(
              "the DNS, as seen from here, has no address for "
                  + name
                  + ": add an A record, or AAAA for IPv6, with this machine's address"));
    }
    List<String> others =
        found.stream().filter(address -> !has(own, address)).map(IpAddress::text).toList();
    if (others.isEmpty()) {
      return new DnsView(Aim.HERE, Optional.empty());
    }
    return new DnsView(
        Aim.ELSEWHERE,
        Optional.of(
            "the DNS leads "
                + name
                + " to "
                + String.join(", ", others)
                + ", which this machine does not have itself: right only if a router or cloud in"
                + " front of it translates"));
  }

  /** Loopback too: many machines know their own name so. */
  private static boolean has(List<InetAddress> own, InetAddress address) {
    return address.isLoopbackAddress()
        || own.stream().anyMatch(mine -> IpAddress.text(mine).equals(IpAddress.text(address)));
  }

  private static List<InetAddress> resolved(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException nowhere) {
      return List.of();
    }
  }
}
