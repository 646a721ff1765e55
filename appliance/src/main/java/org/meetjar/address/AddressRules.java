package org.meetjar.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses a relay may never reach, whoever asks. An IPv4 address inside an IPv6 one is
 * taken out first, in every form that there is (mapped, compatible, 6to4, Teredo, NAT64, ISATAP),
 * so that one list decides (CVE-2020-26262, CVE-2026-27624).
 */
public final class AddressRules {
  private AddressRules() {}

  /** The IPv4 address that is written inside the given one, or the given one. */
  public static InetAddress reduce(InetAddress address) {
    byte[] ip = address.getAddress();
    if (ip.length == 4) {
      return address;
    }
    int at = embedded(ip);
    if (at < 0) {
      return address;
    }
    try {
      byte[] inner = Arrays.copyOfRange(ip, at, at + 4);
      if (ip[0] == 0x20 && ip[1] == 1 && ip[2] == 0 && ip[3] == 0) {
        // Teredo hides the client's address by inverting it, RFC 4380 section 4.
        for (int i = 0; i < 4; i++) {
          inner[i] = (byte) ~inner[i];
        }
      }
      return InetAddress.getByAddress(inner);
    } catch (UnknownHostException impossible) {
      return address;
    }
  }

  /** Where in an IPv6 address an IPv4 address stands, or -1. */
  private static int embedded(byte[] ip) {
    if (zero(ip, 0, 10)
        && ((ip[10] == 0 && ip[11] == 0) || (ip[10] == -1 && ip[11] == -1))
        && !(zero(ip, 10, 15) && (ip[15] == 0 || ip[15] == 1))) {
      return 12;
    }
    if (zero(ip, 0, 8) && ip[8] == -1 && ip[9] == -1 && ip[10] == 0 && ip[11] == 0) {
      // IPv4-translated, RFC 2765.
      return 12;
    }
    if (ip[0] == 0x20 && ip[1] == 0x02) {
      return 2;
    }
    if (ip[0] == 0x20 && ip[1] == 1 && ip[2] == 0 && ip[3] == 0) {
      return 12;
    }
    if (ip[0] == 0 && ip[1] == 0x64 && (ip[2] & 0xFF) == 0xFF && (ip[3] & 0xFF) == 0x9B) {
      // NAT64's well-known prefix and the local one, RFC 6052 and RFC 8215.
      return 12;
    }
    boolean isatap =
        (ip[8] == 0 || ip[8] == 2) && ip[9] == 0 && ip[10] == 0x5E && (ip[11] & 0xFF) == 0xFE;
    return isatap ? 12 : -1;
  }

  /** Whether the address is one that the public internet does not have. */
  public static boolean isForbidden(InetAddress address) {
    InetAddress reduced = reduce(address);
    if (reduced.isAnyLocalAddress()
        || reduced.isLoopbackAddress()
        || reduced.isLinkLocalAddress()
        || reduced.isSiteLocalAddress()
        || reduced.isMulticastAddress()) {
      return true;
    }
    byte[] ip = reduced.getAddress();
    int first = ip[0] & 0xFF;
    int second = ip[1] & 0xFF;
    int third = ip[2] & 0xFF;
    if (reduced instanceof Inet4Address) {
      return first == 0
          || first >= 240
          // Shared address space, RFC 6598.
          || (first == 100 && (second & 0xC0) == 64)
          // Protocol assignments and documentation, RFC 6890 and RFC 5737; benchmarks, RFC 2544.
          || (first == 192 && second == 0 && (third == 0 || third == 2))
          || (first == 198 && (second & 0xFE) == 18)
          || (first == 198 && second == 51 && third == 100)
          || (first == 203 && second == 0 && third == 113);
    }
    // Unique local, RFC 4193; discard-only, RFC 6666; documentation, RFC 3849.
    return (first & 0xFE) == 0xFC
        || (first == 1 && second == 0 && zero(ip, 2, 8))
        || (first == 0x20 && second == 1 && third == 0x0D && (ip[3] & 0xFF) == 0xB8);
  }

  private static boolean zero(byte[] ip, int from, int to) {
    for (int i = from; i < to; i++) {
      if (ip[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
