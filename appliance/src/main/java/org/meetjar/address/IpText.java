package org.meetjar.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address as text; never looks a name up. */
public final class IpText {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
  private static final int LONGEST = 45;

  private IpText() {}

  /** Reads an address; empty when the text is none. */
  public static Optional<InetAddress> read(String text) {
    String ip = text.strip();
    if (ip.length() > LONGEST || !(IPV4.matcher(ip).matches() || IPV6.matcher(ip).matches())) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(ip));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /** The address without a scope. */
  public static String of(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
