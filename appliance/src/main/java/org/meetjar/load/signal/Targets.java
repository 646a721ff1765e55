package org.meetjar.load.signal;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meetjar.config.StartFailure;

/**
 * Where load may be sent: to this machine, and elsewhere only by the user's word that the server is
 * the user's own. It holds for whatever the server refers to as well. Any thread.
 */
public final class Targets {
  private final boolean anywhere;
  private final Set<String> admitted = ConcurrentHashMap.newKeySet();

  /**
   * @param anywhere whether the user says so
   */
  public Targets(boolean anywhere) {
    this.anywhere = anywhere;
  }

  /**
   * Checks where an address leads.
   *
   * @throws StartFailure when load must not go there
   */
  public void admit(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (anywhere || admitted.contains(host)) {
      return;
    }
    if (!isLoopback(host)) {
      throw new StartFailure(
          host
              + " is not this machine: load is only for servers of your own; if it is one, give"
              + " --i-own-this-server.");
    }
    admitted.add(host);
  }

  /** Whether a name stands for this machine's loopback interface and nothing else. */
  public static boolean isLoopback(String host) {
    try {
      String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      return Arrays.stream(InetAddress.getAllByName(bare)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      // A name that means nothing is told by the connection that fails, not by us.
      return false;
    }
  }

  /** Whether media may go there: to an address of this machine, without the user's word. */
  public boolean admits(InetAddress address) {
    try {
      return anywhere
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
