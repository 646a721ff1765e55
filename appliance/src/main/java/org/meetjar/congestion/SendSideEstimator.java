package org.meetjar.congestion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.meetjar.rtp.RateMeter;

/**
 * Estimates what one receiver's downlink carries from the receiver's transport-wide feedback. Bytes
 * are those on the wire. Nothing is allocated per packet. Belongs to one thread; {@code nanos} are
 * of one monotonic clock and never go back.
 */
public final class SendSideEstimator {
  /** Below this nothing is estimated: sound goes on in any case. */
  public static final long MIN_BPS = 30_000;

  /** While less than this part of the estimate is sent, what is sent says nothing of more. */
  private static final double LIMITED = 0.65;

  /** After so long without feedback the filters begin anew. */
  private static final long PAUSE_NANOS = 2_000_000_000;

  private static final long SILENCE_NANOS = 2_000_000_000;
  private static final long SILENCE_STEP_NANOS = 1_000_000_000;
  private static final int SILENT_PACKETS = 20;
  private static final double SILENCE_FACTOR = 0.7;

  /**
   * A probe that finds less than the estimate lowers it by a part only: it may have been unlucky.
   */
  private static final double NARROWER_STEP = 0.85;

  /** The estimate stays so far above what arrives whatever a probe finds. */
  private static final double BORNE_OUT = 1.1;

  /** After a sign of congestion nothing is tried for so long. */
  private static final long CALM_NANOS = 1_500_000_000;

  /** What microseconds of feedback are counted modulo: 24 bits of 64 milliseconds. */
  private static final long ARRIVAL_MODULUS = 64_000L << 24;

  private static final long FIRST_ROUND_TRIP_NANOS = 200_000_000;

  private final PacketHistory history = new PacketHistory();
  private final ArrivalGroups groups = new ArrivalGroups();
  private final Trendline trend = new Trendline();
  private final SlidingRate arrived = new SlidingRate();
  private final RateMeter sent = new RateMeter();
  private final LossController losses = new LossController(MIN_BPS);
  private final ProbeController probes = new ProbeController();
  private final AimdRateControl delay;

  private long roundTripNanos = FIRST_ROUND_TRIP_NANOS;
  private boolean heard;
  private long heardNanos;
  private long lastStepNanos;
  private int unheardPackets;
  private boolean hasArrival;
  private long lastArrivalMicros;
  private long arrivalMicros;
  private boolean newlyArrived;
  private long newestSentNanos;

  /**
   * @param startBps what is believed until something is known
   */
  public SendSideEstimator(long startBps) {
    delay = new AimdRateControl(startBps, MIN_BPS);
  }

  /**
   * A packet leaves.
   *
   * @param sequence transport-wide, modulo 65536
   * @param bytes on the wire
   */
  public void sent(int sequence, int bytes, long nanos) {
    history.sent(sequence & 0xffff, bytes, probes.clusterOf(bytes, nanos), nanos);
    sent.add(bytes, nanos);
    unheardPackets++;
  }

  /**
   * The receiver said what became of a packet. Calls come in the order of sequence numbers, and are
   * followed by {@link #feedbackEnd}.
   *
   * @param sequence transport-wide, modulo 65536
   * @param micros when it arrived on the receiver's clock, which wraps around; -1 if it did not
   */
  public void feedback(int sequence, long micros) {
    int index = history.find(sequence & 0xffff);
    if (index == PacketHistory.NONE || history.hasArrived(index)) {
      return;
    }
    int cluster = history.cluster(index);
    if (micros < 0) {
      if (history.isOnItsWay(index)) {
        history.missing(index);
        missing(cluster);
      }
      return;
    }
    long arrivalNanos = unwrap(micros) * 1000;
    if (cluster != 0) {
      probes.arrived(cluster, history.bytes(index), arrivalNanos);
    } else if (history.isMissing(index)) {
      losses.cameAfterAll();
    } else {
      losses.arrived();
    }
    history.arrived(index);
    arrived.add(history.bytes(index), arrivalNanos);
    long sentNanos = history.sentNanos(index);
    if (!newlyArrived || sentNanos > newestSentNanos) {
      newestSentNanos = sentNanos;
    }
    newlyArrived = true;
    if (groups.add(sentNanos, arrivalNanos)) {
      trend.update(groups.sentDelta(), groups.arrivalDelta());
    }
  }

  /** What a probe loses was risked, and says nothing of what is sent otherwise. */
  private void missing(int cluster) {
    if (cluster != 0) {
      probes.missing(cluster);
    } else {
      losses.lost();
    }
  }

  private long unwrap(long micros) {
    if (!hasArrival) {
      hasArrival = true;
      arrivalMicros = micros;
    } else {
      long step = Math.floorMod(micros - lastArrivalMicros, ARRIVAL_MODULUS);
      arrivalMicros += step > ARRIVAL_MODULUS / 2 ? step - ARRIVAL_MODULUS : step;
    }
    lastArrivalMicros = micros;
    return arrivalMicros;
  }

  /** A feedback packet has been read to its end. */
  public void feedbackEnd(long nanos) {
    if (heard && nanos - heardNanos > PAUSE_NANOS) {
      groups.reset();
      trend.reset();
      arrived.reset();
      probes.soon(nanos);
    }
    heard = true;
    heardNanos = nanos;
    unheardPackets = 0;
    if (newlyArrived) {
      newlyArrived = false;
      long sample = Math.max(0, nanos - newestSentNanos);
      roundTripNanos += (sample - roundTripNanos) / 8;
      learn(nanos);
    }
  }

  private void learn(long nanos) {
    long before = targetBps();
    long arrivedBps = arrived.bitsPerSecond();
    losses.update(delay.rateBps(), arrivedBps, roundTripNanos, nanos);
    Usage usage = trend.usage();
    if (usage == Usage.OVERUSE && probes.isFelt(nanos)) {
      usage = Usage.UNDERUSE;
    }
    boolean dropped = delay.update(usage, arrivedBps, isLimited(nanos), roundTripNanos, nanos);
    if (dropped || targetBps() < before) {
      probes.dropped(nanos);
    }
    probe(nanos);
  }

  /** To be called several times per second, whether anything is heard or not. */
  public void tick(long nanos) {
    if (heard
        && unheardPackets >= SILENT_PACKETS
        && nanos - heardNanos >= SILENCE_NANOS
        && nanos - lastStepNanos >= SILENCE_STEP_NANOS) {
      lastStepNanos = nanos;
      delay.reduceTo((long) (targetBps() * SILENCE_FACTOR), nanos);
    }
    probe(nanos);
  }

  private void probe(long nanos) {
    boolean calm = !losses.isHigh() && (trend.usage() != Usage.OVERUSE || probes.isFelt(nanos));
    long probed = probes.result(targetBps(), nanos);
    if (probed > targetBps() && calm) {
      delay.raiseTo(probed, nanos);
      losses.raiseTo(probed);
    } else if (probed > 0 && probed < targetBps()) {
      foundNarrower(probed, nanos);
    }
    boolean silent = heard && unheardPackets > 0 && nanos - heardNanos >= SILENCE_NANOS;
    if (calm
        && !silent
        && trend.usage() != Usage.OVERUSE
        && !delay.decreasedWithin(CALM_NANOS, nanos)) {
      probes.consider(targetBps(), nanos);
    }
  }

  /** The estimate had grown past what the path carries, while too little was sent to notice. */
  private void foundNarrower(long probed, long nanos) {
    long borneOut = (long) (arrived.bitsPerSecond() * BORNE_OUT);
    long step = (long) (targetBps() * NARROWER_STEP);
    delay.reduceTo(Math.max(probed, Math.max(borneOut, step)), nanos);
  }

  /**
   * Says what there is to send. While it is more than the estimate, more is tried.
   *
   * @param bps on the wire, with the margin without which it would not be sent
   */
  public void wish(long bps) {
    probes.wish(bps);
  }

  /**
   * Bytes that are to leave now, beside what leaves anyway, for the sake of a probe. Nothing has to
   * be found for them that would do harm when repeated.
   */
  public int probeBytesDue(long nanos) {
    return probes.bytesDue(nanos);
  }

  /** Whether a probe is being sent, so that {@link #probeBytesDue} has to be asked often. */
  public boolean isProbing() {
    return probes.isSending();
  }

  /** What may be sent. */
  public long targetBps() {
    return Math.max(MIN_BPS, Math.min(delay.rateBps(), losses.limitBps()));
  }

  /** Whether so little is being sent that the estimate cannot be borne out by it. */
  public boolean isLimited(long nanos) {
    return sent.bitsPerSecond(nanos) < targetBps() * LIMITED;
  }

  /** From sending to hearing of it, smoothed. */
  public long roundTripNanos() {
    return roundTripNanos;
  }

  /** Ready for JSON. */
  public Map<String, Object> debugState(long nanos) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("target_bps", targetBps());
    state.put("delay_bps", delay.rateBps());
    state.put("loss_bps", losses.describe());
    state.put("loss", losses.fraction());
    state.put("sent_bps", sent.bitsPerSecond(nanos));
    state.put("arrived_bps", arrived.bitsPerSecond());
    state.put("wished_bps", probes.wishBps());
    state.put("usage", trend.usage().name());
    state.put("limited", isLimited(nanos));
    state.put("round_trip_ms", roundTripNanos / 1_000_000);
    state.put("history", history.capacity());
    return state;
  }
}
