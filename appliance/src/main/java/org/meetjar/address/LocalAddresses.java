package org.meetjar.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses to bind: one socket for each, so that an answer leaves from the address that was
 * asked, whatever the routes say.
 */
public final class LocalAddresses {
  private static final Logger log = LoggerFactory.getLogger(LocalAddresses.class);

  /** More than any server has; a host with hundreds of addresses should name the ones it means. */
  private static final int MAX = 16;

  private static final VirtualInterfaces VIRTUAL = new VirtualInterfaces(Path.of("/sys/class/net"));

  private LocalAddresses() {}

  /**
   * The machine's addresses: IPv4 first; loopback too, at the end, if asked for. Those of networks
   * inside the machine (containers, virtual machines) are left out, and so are a tunnel's private
   * ones when there is anything else.
   */
  public static List<InetAddress> find(boolean withLoopback) {
    List<InetAddress> found = new ArrayList<>();
    List<InetAddress> tunnels = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp() && (each.isLoopback() ? withLoopback : !VIRTUAL.contains(each.getName()))) {
          boolean tunnel = each.isPointToPoint();
          each.inetAddresses()
              .filter(LocalAddresses::isUsable)
              .forEach(
                  address ->
                      (tunnel && AddressRules.isForbidden(address) ? tunnels : found).add(address));
        }
      }
    } catch (SocketException e) {
      log.warn("the network interfaces cannot be listed: {}", e.getMessage());
    }
    if (found.stream().allMatch(InetAddress::isLoopbackAddress)) {
      found.addAll(tunnels);
    }
    found.sort(
        Comparator.comparing(InetAddress::isLoopbackAddress)
            .thenComparing(address -> address instanceof Inet6Address));
    return List.copyOf(found.subList(0, Math.min(MAX, found.size())));
  }

  private static boolean isUsable(InetAddress address) {
    return !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && !address.isAnyLocalAddress()
        && (!(address instanceof Inet6Address six) || !six.isIPv4CompatibleAddress());
  }
}
