package org.meetjar.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
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
final class LocalAddresses {
  private static final Logger log = LoggerFactory.getLogger(LocalAddresses.class);

  /** More than any server has; a host with hundreds of addresses should name the ones it means. */
  private static final int MAX = 16;

  private static final List<String> VIRTUAL =
      List.of("docker", "veth", "virbr", "br-", "cni", "flannel", "cali", "vnet", "lxc", "podman");

  private LocalAddresses() {}

  /** The machine's addresses: IPv4 first; loopback too, at the end, if asked for. */
  static List<InetAddress> find(boolean withLoopback) {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp() && (each.isLoopback() ? withLoopback : !isVirtual(each.getName()))) {
          each.inetAddresses().filter(LocalAddresses::isUsable).forEach(found::add);
        }
      }
    } catch (SocketException e) {
      log.warn("the network interfaces cannot be listed: {}", e.getMessage());
    }
    found.sort(
        Comparator.comparing(InetAddress::isLoopbackAddress)
            .thenComparing(address -> address instanceof Inet6Address));
    return List.copyOf(found.subList(0, Math.min(MAX, found.size())));
  }

  private static boolean isVirtual(String name) {
    return VIRTUAL.stream().anyMatch(name::startsWith);
  }

  private static boolean isUsable(InetAddress address) {
    return !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && !address.isAnyLocalAddress()
        && (!(address instanceof Inet6Address six) || !six.isIPv4CompatibleAddress());
  }
}
