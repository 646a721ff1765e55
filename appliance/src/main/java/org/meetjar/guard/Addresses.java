package org.meetjar.guard;

/** Network addresses, for limits. */
public final class Addresses {
  private Addresses() {}

  /** Whether the peer is on this machine. */
  public static boolean isLoopback(String address) {
    return address.startsWith("127.")
        || address.equals("::1")
        || address.equals("[::1]")
        || address.equals("0:0:0:0:0:0:0:1")
        || address.equals("[0:0:0:0:0:0:0:1]");
  }

  /**
   * What one customer has: an IPv4 address, or the first 64 bits of an IPv6 address. Anything else
   * stands for itself.
   */
  public static String network(String address) {
    String bare = address.startsWith("[") ? address.substring(1) : address;
    if (bare.indexOf(':') < 0 || bare.indexOf('.') >= 0) {
      return address;
    }
    int compressed = bare.indexOf("::");
    String head = compressed < 0 ? bare : bare.substring(0, compressed);
    String[] groups = head.split(":", -1);
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      String group = i < groups.length && !groups[i].isEmpty() ? groups[i] : "0";
      network.append(group.replaceFirst("^0+(?=.)", "")).append(':');
    }
    return network.append(":/64").toString();
  }
}
