package org.meetjar.congestion;

/**
 * Some packets sent at a rate that is to be tried, and what came of them. One is used for one probe
 * after the other.
 */
final class ProbeCluster {
  private static final long DURATION_NANOS = 24_000_000;
  private static final int MIN_PACKETS = 8;
  private static final double MIN_ARRIVED = 0.8;

  /** A cluster that cannot be filled in this time is given up. */
  private static final long MAX_SENDING_NANOS = 300_000_000;

  private static final long MAX_WAITING_NANOS = 1_000_000_000;

  /** Packets that came so much denser than they were sent had been held up together. */
  private static final double MAX_COMPRESSION = 2;

  /** What is below the rate of sending by more than this is where the path is full. */
  private static final double FULL = 0.9;

  private static final double USABLE_WHEN_FULL = 0.95;

  private enum Stage {
    IDLE,
    SENDING,
    WAITING
  }

  private Stage stage = Stage.IDLE;
  private int id;
  private long rateBps;
  private long begunNanos;
  private int packets;
  private long bytes;
  private long firstSent;
  private long lastSent;
  private int lastBytes;
  private int reported;
  private int arrivedPackets;
  private long arrivedBytes;
  private long firstArrival;
  private int firstArrivedBytes;
  private long lastArrival;

  boolean isIdle() {
    return stage == Stage.IDLE;
  }

  boolean isSending() {
    return stage == Stage.SENDING;
  }

  /** 1 to 255. */
  int id() {
    return id;
  }

  long rateBps() {
    return rateBps;
  }

  void begin(long rate, long now) {
    stage = Stage.SENDING;
    id = id % 255 + 1;
    rateBps = rate;
    begunNanos = now;
    packets = 0;
    bytes = 0;
    reported = 0;
    arrivedPackets = 0;
    arrivedBytes = 0;
  }

  /** What should have been sent by now and has not been. */
  int bytesDue(long now) {
    if (stage != Stage.SENDING) {
      return 0;
    }
    long due = bytesIn(now - begunNanos + DURATION_NANOS / 8) - bytes;
    return (int) Math.max(0, due);
  }

  void sent(int size, long now) {
    if (packets == 0) {
      firstSent = now;
      begunNanos = now;
    }
    packets++;
    bytes += size;
    lastSent = now;
    lastBytes = size;
    if (packets >= MIN_PACKETS && bytes >= bytesIn(DURATION_NANOS)) {
      stage = Stage.WAITING;
    }
  }

  private long bytesIn(long nanos) {
    return rateBps / 8 * (nanos / 1000) / 1_000_000;
  }

  /** One of its packets has arrived. */
  void arrived(int size, long arrival) {
    reported++;
    if (arrivedPackets == 0 || arrival < firstArrival) {
      firstArrival = arrival;
      firstArrivedBytes = size;
    }
    lastArrival = arrivedPackets == 0 ? arrival : Math.max(lastArrival, arrival);
    arrivedPackets++;
    arrivedBytes += size;
  }

  /** One of its packets is missing. */
  void missing() {
    reported++;
  }

  /** Gives up what cannot be filled; whether it did. */
  boolean gaveUp(long now) {
    if (stage == Stage.SENDING && now - begunNanos > MAX_SENDING_NANOS) {
      stage = Stage.IDLE;
      return true;
    }
    return false;
  }

  /** Whether all that can be learned of it has been. */
  boolean isOver(long now) {
    return stage == Stage.WAITING && (reported >= packets || now - lastSent > MAX_WAITING_NANOS);
  }

  /** Ends it: the rate that is carried, at most the one tried, or -1 if nothing was learned. */
  long end() {
    stage = Stage.IDLE;
    long sentNanos = lastSent - firstSent;
    long arrivalNanos = lastArrival - firstArrival;
    if (arrivedPackets < MIN_ARRIVED * packets || sentNanos <= 0 || arrivalNanos <= 0) {
      return -1;
    }
    double sent = (bytes - lastBytes) * 8e9 / sentNanos;
    double arrived = (arrivedBytes - firstArrivedBytes) * 8e9 / arrivalNanos;
    if (arrived > MAX_COMPRESSION * sent) {
      return -1;
    }
    double carried = arrived < FULL * sent ? USABLE_WHEN_FULL * arrived : Math.min(sent, arrived);
    return Math.min(rateBps, (long) carried);
  }
}
