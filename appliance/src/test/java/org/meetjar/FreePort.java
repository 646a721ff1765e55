package org.meetjar;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports for programs that must be told which to take. They lie below those that the system gives to
 * sockets without a wish (from 32768 on, or from 49152, RFC 6335 section 6): so nobody is given one
 * between our look and the moment when the program binds it.
 */
public final class FreePort {
  private static final int LOWEST = 16_384;
  private static final int HIGHEST = 32_000;

  /** Other builds on the machine begin elsewhere. */
  private static int next = LOWEST + new Random().nextInt(HIGHEST - LOWEST);

  private FreePort() {}

  /** A port that is free for TCP and UDP on all addresses; never the same twice. */
  public static int any() {
    return inARow(1);
  }

  /** The first of so many ports in a row, all of them free. */
  public static synchronized int inARow(int count) {
    for (int tried = 0; tried < HIGHEST - LOWEST; tried++) {
      if (next + count > HIGHEST) {
        next = LOWEST;
      }
      int first = next++;
      int free = 0;
      while (free < count && isFree(first + free)) {
        free++;
      }
      if (free == count) {
        next = first + count;
        return first;
      }
    }
    throw new AssertionError("no port is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket(port);
        DatagramSocket udp = new DatagramSocket(port)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
