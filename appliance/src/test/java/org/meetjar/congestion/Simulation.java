package org.meetjar.congestion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongUnaryOperator;

/**
 * A sender of sound and pictures with an estimator, a {@link Link}, and a receiver with a clock of
 * its own that tells what arrived: a feedback loop in virtual time, a millisecond a step.
 */
final class Simulation {
  private static final long MS = 1_000_000;
  private static final int MAX_PACKET = 1200;
  private static final int AUDIO_PACKET = 160;
  private static final double PACING = 2.5;

  private record Arrival(int sequence, long arrivalNanos, long deliveredNanos) {}

  /** When each of some packets arrived; -1 for those that did not. */
  private static final class Report {
    final long deliveredNanos;
    final int base;
    final long[] micros;

    Report(long deliveredNanos, int base, long[] micros) {
      this.deliveredNanos = deliveredNanos;
      this.base = base;
      this.micros = micros;
    }
  }

  final SendSideEstimator estimator;
  final Link link = new Link(7);

  /** What the pictures take of an estimate. */
  LongUnaryOperator video = target -> target;

  double feedbackLoss;
  long feedbackNanos = 100 * MS;
  long feedbackDelayNanos = 20 * MS;
  long feedbackJitterNanos;

  /** How much faster the receiver's clock runs. */
  double drift;

  long worstQueueNanos;
  long sentBytes;
  long probeBytes;
  int sentPackets;

  private final PriorityQueue<Arrival> onItsWay =
      new PriorityQueue<>((a, b) -> Long.compare(a.deliveredNanos, b.deliveredNanos));
  private final List<Arrival> unreported = new ArrayList<>();
  private final PriorityQueue<Report> reports =
      new PriorityQueue<>((a, b) -> Long.compare(a.deliveredNanos, b.deliveredNanos));
  private final ArrayDeque<Integer> paced = new ArrayDeque<>();
  private long now = 5_000 * MS;
  private final long begun = now;
  private double pacedBudget;
  private double frameBytes;
  private int sequence;
  private int reportedTo;
  private long nextFeedback;
  private long receiverStart = 1_000_000_000L * MS;

  Simulation(long startBps, int firstSequence) {
    estimator = new SendSideEstimator(startBps);
    sequence = firstSequence;
    reportedTo = firstSequence;
  }

  Simulation() {
    this(1_000_000, 100);
  }

  /** The receiver's clock is about to wrap around. */
  void receiverStartsAt(long micros) {
    receiverStart = micros * 1000;
  }

  long now() {
    return now;
  }

  void run(double seconds) {
    long end = now + (long) (seconds * 1e9);
    while (now < end) {
      now += MS;
      step();
    }
  }

  /** Runs until it holds, and says how many seconds that took; at most so many. */
  double runUntil(java.util.function.BooleanSupplier holds, double seconds) {
    long start = now;
    while (!holds.getAsBoolean() && now - start < seconds * 1e9) {
      now += MS;
      step();
    }
    return (now - start) / 1e9;
  }

  private void step() {
    long ms = now / MS;
    if (ms % 20 == 0) {
      send(AUDIO_PACKET);
    }
    if (ms % 33 == 0) {
      frameBytes += video.applyAsLong(estimator.targetBps()) * 0.033 / 8;
      while (frameBytes > 200) {
        int size = (int) Math.min(MAX_PACKET, frameBytes);
        paced.add(size);
        frameBytes -= size;
      }
    }
    double perMs = estimator.targetBps() * PACING / 8000;
    pacedBudget = Math.min(pacedBudget + perMs, Math.max(perMs, 10));
    while (pacedBudget > 0 && !paced.isEmpty()) {
      int size = paced.poll();
      pacedBudget -= size;
      send(size);
    }
    if (ms % 5 == 0) {
      int due = estimator.probeBytesDue(now);
      while (due > 0) {
        send(MAX_PACKET);
        probeBytes += MAX_PACKET;
        due -= MAX_PACKET;
      }
    }
    receive();
    if (ms % 50 == 0) {
      estimator.tick(now);
    }
  }

  private void send(int bytes) {
    estimator.sent(sequence & 0xffff, bytes, now);
    long arrival = link.send(bytes, now);
    if (arrival != Link.LOST) {
      onItsWay.add(new Arrival(sequence, arrival, arrival));
    }
    worstQueueNanos = Math.max(worstQueueNanos, link.queueNanos(now));
    sentBytes += bytes;
    sentPackets++;
    sequence++;
  }

  private void receive() {
    while (!onItsWay.isEmpty() && onItsWay.peek().deliveredNanos <= now) {
      unreported.add(onItsWay.poll());
    }
    if (now >= nextFeedback && !unreported.isEmpty()) {
      nextFeedback = now + feedbackNanos;
      report();
    }
    while (!reports.isEmpty() && reports.peek().deliveredNanos <= now) {
      Report report = reports.poll();
      for (int i = 0; i < report.micros.length; i++) {
        estimator.feedback(report.base + i & 0xffff, report.micros[i]);
      }
      estimator.feedbackEnd(now);
    }
  }

  private void report() {
    int from = reportedTo;
    int to = from;
    for (Arrival arrival : unreported) {
      from = Math.min(from, arrival.sequence);
      to = Math.max(to, arrival.sequence + 1);
    }
    long[] micros = new long[to - from];
    java.util.Arrays.fill(micros, -1);
    for (Arrival arrival : unreported) {
      micros[arrival.sequence - from] = receiverMicros(arrival.arrivalNanos);
    }
    unreported.clear();
    reportedTo = Math.max(reportedTo, to);
    if (!link.happens(feedbackLoss)) {
      long delay = feedbackDelayNanos;
      if (feedbackJitterNanos > 0) {
        delay += now / MS * 7919 % 100 * feedbackJitterNanos / 100;
      }
      reports.add(new Report(now + delay, from, micros));
    }
  }

  /** In steps of 250 microseconds, modulo 24 bits of 64 milliseconds. */
  private long receiverMicros(long nanos) {
    long local = receiverStart + (long) ((nanos - begun) * (1 + drift));
    return Math.floorMod(local / 250_000 * 250, 64_000L << 24);
  }
}
