package org.meetjar.bridge;

import java.time.Duration;
import org.meetjar.rtp.RateMeter;

/**
 * Careful with losses, otherwise trusting: when more than a tenth of the packets is lost the limit
 * goes below what was sent, and grows again while little is lost (the loss-based half of
 * draft-ietf-rmcat-gcc-02 section 6). It knows nothing of delay.
 */
final class LossBasedEstimator implements BandwidthEstimator {
  private static final int HISTORY = 2048;
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MIN_PACKETS = 20;

  /** One bad second is an accident, and the first one usual: the client is still starting. */
  private static final int BAD_INTERVALS = 2;

  private static final double GROWTH = 1.2;
  private static final long FLOOR_BPS = 150_000;
  private static final long FORGET_BPS = 20_000_000;

  private final short[] sizes = new short[HISTORY];
  private final int[] sequences = new int[HISTORY];
  private final RateMeter sent = new RateMeter();
  private final RateMeter carried = new RateMeter();
  private long limitBps = Long.MAX_VALUE;
  private int arrivedPackets;
  private int lostPackets;
  private int newlyArrivedBytes;
  private int badIntervals;
  private long intervalStart = Long.MIN_VALUE;

  @Override
  public void sent(int transportSequence, int bytes, long nanos) {
    int index = transportSequence & HISTORY - 1;
    sizes[index] = (short) bytes;
    sequences[index] = transportSequence & 0xffff;
    sent.add(bytes, nanos);
  }

  @Override
  public void feedback(int transportSequence, long arrivalMicros) {
    int index = transportSequence & HISTORY - 1;
    if (sequences[index] != transportSequence || sizes[index] == 0) {
      return;
    }
    if (arrivalMicros < 0) {
      lostPackets++;
    } else {
      arrivedPackets++;
      newlyArrivedBytes += sizes[index];
      sizes[index] = 0;
    }
  }

  @Override
  public void feedbackEnd(long nanos) {
    carried.add(newlyArrivedBytes, nanos);
    newlyArrivedBytes = 0;
    if (intervalStart == Long.MIN_VALUE) {
      intervalStart = nanos;
    }
    int packets = arrivedPackets + lostPackets;
    if (nanos - intervalStart < INTERVAL_NANOS || packets < MIN_PACKETS) {
      return;
    }
    double loss = (double) lostPackets / packets;
    intervalStart = nanos;
    arrivedPackets = 0;
    lostPackets = 0;
    badIntervals = loss > 0.1 ? badIntervals + 1 : 0;
    if (badIntervals >= BAD_INTERVALS) {
      long basis = Math.min(limitBps, sent.bitsPerSecond(nanos));
      limitBps = Math.max(FLOOR_BPS, (long) (basis * (1 - 0.5 * loss)));
    } else if (loss < 0.02 && limitBps != Long.MAX_VALUE) {
      limitBps = limitBps > FORGET_BPS ? Long.MAX_VALUE : (long) (limitBps * GROWTH) + 1000;
    }
  }

  @Override
  public long limitBps() {
    return limitBps;
  }

  @Override
  public long carriedBps(long nanos) {
    return Math.min(limitBps, carried.bitsPerSecond(nanos));
  }
}
