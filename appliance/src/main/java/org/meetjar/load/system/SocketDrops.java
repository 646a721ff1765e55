package org.meetjar.load.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Datagrams that Linux dropped because a socket's buffer was full. */
public final class SocketDrops {
  private static final int LOCAL_ADDRESS = 1;

  private SocketDrops() {}

  /** What sockets with these local ports have dropped; 0 where that cannot be known. */
  public static long of(Collection<Integer> localPorts) {
    Set<Integer> ports = new HashSet<>(localPorts);
    long sum = 0;
    for (String table : List.of("udp", "udp6")) {
      try (Stream<String> lines = Files.lines(Path.of("/proc/self/net", table))) {
        sum += lines.skip(1).mapToLong(line -> drops(line, ports)).sum();
      } catch (IOException | RuntimeException unknown) {
        // Then it is not known.
      }
    }
    return sum;
  }

  static long drops(String line, Set<Integer> ports) {
    String[] fields = line.strip().split("\\s+", -1);
    String local = fields[LOCAL_ADDRESS];
    int port = Integer.parseInt(local.substring(local.indexOf(':') + 1), 16);
    return ports.contains(port) ? Long.parseLong(fields[fields.length - 1]) : 0;
  }
}
