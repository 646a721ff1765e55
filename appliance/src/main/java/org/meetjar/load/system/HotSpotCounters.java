package org.meetjar.load.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the counters that HotSpot keeps in a mapped file for tools like jstat. Its form is that of
 * {@code jdk.internal.perf}: a prologue, then entries with a name and, here, one number each.
 */
final class HotSpotCounters {
  private static final int MAGIC = 0xcafec0c0;
  private static final byte LONG = 'J';

  private HotSpotCounters() {}

  /**
   * The time spent in collections of all kinds; empty when the process is no HotSpot that tells.
   */
  static Optional<Long> collectionNanos(long pid) {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "hsperfdata_*")) {
      for (Path folder : folders) {
        Path file = folder.resolve(Long.toString(pid));
        if (Files.isReadable(file)) {
          return collectionNanos(read(Files.readAllBytes(file)));
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  static Optional<Long> collectionNanos(Map<String, Long> counters) {
    Long frequency = counters.get("sun.os.hrt.frequency");
    long ticks = 0;
    boolean any = false;
    for (int i = 0; counters.containsKey("sun.gc.collector." + i + ".time"); i++) {
      ticks += counters.get("sun.gc.collector." + i + ".time");
      any = true;
    }
    return any && frequency != null && frequency > 0
        ? Optional.of((long) (ticks * (1e9 / frequency)))
        : Optional.empty();
  }

  /** The numbers by their names. */
  static Map<String, Long> read(byte[] file) {
    ByteBuffer data = ByteBuffer.wrap(file);
    Map<String, Long> counters = new HashMap<>();
    if (data.getInt(0) != MAGIC) {
      return counters;
    }
    data.order(data.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int at = data.getInt(24);
    int entries = data.getInt(28);
    for (int i = 0; i < entries && at + 20 <= data.limit(); i++) {
      int length = data.getInt(at);
      int nameAt = at + data.getInt(at + 4);
      int elements = data.getInt(at + 8);
      if (length <= 0) {
        break;
      }
      if (data.get(at + 12) == LONG && elements == 0) {
        counters.put(name(data, nameAt), data.getLong(at + data.getInt(at + 16)));
      }
      at += length;
    }
    return counters;
  }

  private static String name(ByteBuffer data, int at) {
    int end = at;
    while (data.get(end) != 0) {
      end++;
    }
    byte[] name = new byte[end - at];
    data.get(at, name);
    return new String(name, StandardCharsets.UTF_8);
  }
}
