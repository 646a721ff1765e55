package org.meetjar.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses that others wrote; a name is never looked up. */
final class AddressText {
  private static final int LONGEST = 45;
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private AddressText() {}

  /** The address; empty for names, such as those of multicast DNS, and for what is none. */
  static Optional<InetAddress> read(String written) {
    String text = written;
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Matcher four = IPV4.matcher(text);
      if (four.matches()) {
        byte[] ip = new byte[4];
        for (int i = 0; i < 4; i++) {
          int part = Integer.parseInt(four.group(i + 1));
          if (part > 255) {
            return Optional.empty();
          }
          ip[i] = (byte) part;
        }
        return Optional.of(InetAddress.getByAddress(ip));
      }
      // what has a colon is never taken for a name
      return IPV6.matcher(text).matches()
          ? Optional.of(InetAddress.getByName(text))
          : Optional.empty();
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
