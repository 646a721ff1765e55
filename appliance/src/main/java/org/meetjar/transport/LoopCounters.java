package org.meetjar.transport;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one media loop has done. Written by the loop's thread only, with plain stores; whoever reads
 * from another thread may see values that are a little old.
 */
public final class LoopCounters {
  long packetsIn;
  long bytesIn;

  /** Of the packets, those that are SRTP or SRTCP of this loop's endpoints. */
  long mediaIn;

  long packetsOut;
  long bytesOut;
  long packetsInRuns;
  long handedOff;
  long turns;
  private final EnumMap<Drop, long[]> drops = new EnumMap<>(Drop.class);

  LoopCounters() {
    for (Drop why : Drop.values()) {
      drops.put(why, new long[1]);
    }
  }

  void drop(Drop why) {
    drops.get(why)[0]++;
  }

  void drop(Drop why, int count) {
    drops.get(why)[0] += count;
  }

  public long packetsIn() {
    return packetsIn;
  }

  public long bytesIn() {
    return bytesIn;
  }

  public long packetsOut() {
    return packetsOut;
  }

  public long bytesOut() {
    return bytesOut;
  }

  /** Of the packets out those that left in runs, which the kernel cut up. */
  public long packetsInRuns() {
    return packetsInRuns;
  }

  /** Packets that arrived here and belong to another loop. */
  public long handedOff() {
    return handedOff;
  }

  public long turns() {
    return turns;
  }

  public long dropped(Drop why) {
    return drops.get(why)[0];
  }

  /** All of them by name; drops as {@code drop.not-validated}, only those that happened. */
  public Map<String, Long> toMap() {
    Map<String, Long> map = new LinkedHashMap<>();
    map.put("packets-in", packetsIn);
    map.put("bytes-in", bytesIn);
    map.put("packets-out", packetsOut);
    map.put("bytes-out", bytesOut);
    map.put("packets-in-runs", packetsInRuns);
    map.put("handed-off", handedOff);
    map.put("turns", turns);
    for (Drop why : Drop.values()) {
      if (dropped(why) > 0) {
        String name = why.name().toLowerCase(Locale.ROOT).replace('_', '-');
        map.put("drop." + name, dropped(why));
      }
    }
    return map;
  }
}
