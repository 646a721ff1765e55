package org.meetjar.load;

import java.util.EnumMap;
import java.util.Optional;
import org.meetjar.load.LoadResult.Cost;
import org.meetjar.load.LoadResult.Delay;
import org.meetjar.load.LoadResult.Direction;
import org.meetjar.load.LoadResult.Join;
import org.meetjar.load.LoadResult.Packets;
import org.meetjar.load.LoadResult.Streams;
import org.meetjar.load.check.Fault;
import org.meetjar.load.check.Histogram;
import org.meetjar.load.media.MediaThread;
import org.meetjar.load.media.Tally;
import org.meetjar.load.system.ProcessSample;
import org.meetjar.load.system.SocketDrops;

/**
 * The measured time: CPU, memory and delays are of it alone; packets, losses and broken streams of
 * the whole run, so that nothing hides in the warm-up.
 */
final class Measurement {
  private final LoadPlan plan;
  private final MediaThread media;
  private final long startNanos;
  private final long receivedBefore;
  private final Optional<ProcessSample> serverBefore;
  private final Optional<ProcessSample> ownBefore;

  Measurement(LoadPlan plan, MediaThread media) {
    this.plan = plan;
    this.media = media;
    receivedBefore =
        media
            .ask(
                () -> {
                  media.clearDelays();
                  return media.tally().received();
                })
            .join();
    startNanos = System.nanoTime();
    serverBefore = server();
    ownBefore = own();
  }

  private Optional<ProcessSample> server() {
    return plan.serverPid().isPresent()
        ? ProcessSample.of(plan.serverPid().getAsLong())
        : Optional.empty();
  }

  private static Optional<ProcessSample> own() {
    return ProcessSample.of(ProcessHandle.current().pid());
  }

  LoadResult finish(Join joins, Join replacements) {
    Optional<ProcessSample> serverAfter = server();
    Optional<ProcessSample> ownAfter = own();
    long nanos = System.nanoTime() - startNanos;
    Optional<Usage> server =
        serverBefore.flatMap(b -> serverAfter.map(a -> Usage.between(b, a, nanos)));
    Optional<Usage> own = ownBefore.flatMap(b -> ownAfter.map(a -> Usage.between(b, a, nanos)));
    return media.ask(() -> result(joins, replacements, server, own, nanos, media.tally())).join();
  }

  private LoadResult result(
      Join joins,
      Join replacements,
      Optional<Usage> server,
      Optional<Usage> own,
      long nanos,
      Tally tally) {
    long measured = tally.received() - receivedBefore;
    long dropped = SocketDrops.of(media.localPorts());
    long downlink = tally.lostAudioDownlink + tally.lostVideoDownlink;
    Packets packets =
        new Packets(
            tally.sent(),
            tally.received(),
            tally.audioReceived.packets
                + tally.videoReceived.packets
                + tally.repairsReceived.packets,
            tally.lostUplink + Math.max(0, downlink - dropped),
            tally.lostUplink,
            tally.lostAudioDownlink,
            tally.lostVideoDownlink,
            dropped,
            tally.refusedSends,
            tally.undecryptable,
            new Direction(
                tally.audioSent.packets,
                tally.videoSent.packets,
                tally.repairsSent.packets,
                0,
                tally.audioSent.bytes + tally.videoSent.bytes + tally.repairsSent.bytes),
            new Direction(
                tally.audioReceived.packets,
                tally.videoReceived.packets,
                tally.repairsReceived.packets,
                tally.paddingReceived.packets,
                tally.audioReceived.bytes
                    + tally.videoReceived.bytes
                    + tally.repairsReceived.bytes
                    + tally.paddingReceived.bytes),
            tally.nacksSent,
            tally.nacksReceived,
            tally.keyFrameRequestsReceived,
            tally.keyFramesAsked,
            tally.keyFramesSent);
    EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      faults.put(fault, tally.faults.getOrDefault(fault, 0L));
    }
    return new LoadResult(
        plan,
        nanos / 1e9,
        joins,
        replacements,
        packets,
        measured / (nanos / 1e9),
        delay(tally.delay),
        delay(tally.audioDelay),
        delay(tally.videoDelay),
        new Streams(
            tally.streams,
            tally.brokenStreams,
            faults,
            tally.remapped,
            tally.layerSwitches,
            delay(tally.firstKeyFrame),
            delay(tally.switching)),
        process(server, measured),
        process(own, measured),
        delay(tally.stalls));
  }

  private static Delay delay(Histogram histogram) {
    return new Delay(
        histogram.count(),
        histogram.percentileMs(0.5),
        histogram.percentileMs(0.99),
        histogram.maxMs());
  }

  private static Optional<Cost> process(Optional<Usage> usage, long measured) {
    return usage.map(
        used ->
            new Cost(
                measured == 0 ? Optional.empty() : Optional.of((double) used.cpuNanos() / measured),
                used.cores(),
                used.residentMb(),
                used.peakMb(),
                used.collectionMs()));
  }
}
