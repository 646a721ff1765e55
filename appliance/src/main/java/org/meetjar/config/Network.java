package org.meetjar.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, RFC 4632 and RFC 4291 section 2.3.
 *
 * @param address any of the range
 * @param prefixBits how many of its first bits all of the range share
 */
public record Network(InetAddress address, int prefixBits) {
  /** Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address. */
  static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address =
        IpAddress.parse((slash < 0 ? text : text.substring(0, slash)).strip());
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int most = address.get().getAddress().length * 8;
    if (slash < 0) {
      return Optional.of(new Network(address.get(), most));
    }
    String bits = text.substring(slash + 1).strip();
    if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > most) {
      return Optional.empty();
    }
    return Optional.of(new Network(address.get(), Integer.parseInt(bits)));
  }

  /** Whether the address is one of the range; those of the other family never are. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit += 8) {
      int shared = Math.min(8, prefixBits - bit);
      int mask = 0xFF << (8 - shared) & 0xFF;
      if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
