package org.meetjar.load;

import java.util.Map;
import java.util.Optional;
import org.meetjar.load.check.Fault;

/**
 * What came of a run.
 *
 * @param seconds measured
 * @param replacements those who came in the place of others during the measurement
 * @param receivedPerSecond packets that the clients received while it was measured
 * @param delay from sending to receiving, without retransmissions; up to half a millisecond of it
 *     is the tool's own
 * @param server empty unless its process was named and could be looked at
 * @param own the load tool's process
 * @param stalls how late the tool's media thread came
 */
public record LoadResult(
    LoadPlan plan,
    double seconds,
    Join joins,
    Join replacements,
    Packets packets,
    double receivedPerSecond,
    Delay delay,
    Delay audioDelay,
    Delay videoDelay,
    Streams streams,
    Optional<Cost> server,
    Optional<Cost> own,
    Delay stalls) {

  /**
   * Who came.
   *
   * @param alone in a room without anybody else, and so without a session
   * @param lastMs of the one who came last, when all the others were there
   * @param failures how many for each reason
   */
  public record Join(
      long count,
      long failed,
      long alone,
      double p50Ms,
      double p99Ms,
      double maxMs,
      double lastMs,
      double perSecond,
      Map<String, Integer> failures) {
    public Join {
      failures = Map.copyOf(failures);
    }
  }

  /**
   * Of all clients and the whole run.
   *
   * @param forwarded received, but for empty packets
   * @param lostInServer what the server says it never got, and what of its streams never came; but
   *     for what this machine dropped before the tool's own sockets
   * @param droppedHere by the tool's own sockets
   */
  public record Packets(
      long sent,
      long received,
      long forwarded,
      long lostInServer,
      long lostUplink,
      long lostAudioDownlink,
      long lostVideoDownlink,
      long droppedHere,
      long refusedHere,
      long undecryptable,
      Direction up,
      Direction down,
      long nacksSent,
      long nacksReceived,
      long keyFrameRequests,
      long keyFramesAsked,
      long keyFramesSent) {}

  /** Packets by kind. */
  public record Direction(long audio, long video, long repairs, long padding, long bytes) {}

  /** A distribution. */
  public record Delay(long count, double p50Ms, double p99Ms, double maxMs) {}

  /**
   * What was forwarded, stream by stream.
   *
   * @param broken that could not have been decoded without interruption
   * @param remapped how many times a stream was given to another source
   * @param firstKeyFrame from the announcement of a camera, or from being connected
   * @param switching from asking for a larger picture to having it
   */
  public record Streams(
      long count,
      long broken,
      Map<Fault, Long> faults,
      long remapped,
      long layerSwitches,
      Delay firstKeyFrame,
      Delay switching) {
    public Streams {
      faults = java.util.Collections.unmodifiableMap(new java.util.EnumMap<>(faults));
    }
  }

  /**
   * What a process took.
   *
   * @param nanosPerPacket CPU time divided by the packets that the clients received
   * @param collectionMs in garbage collections; empty when it is not known
   */
  public record Cost(
      Optional<Double> nanosPerPacket,
      double cores,
      double residentMb,
      double peakMb,
      Optional<Double> collectionMs) {}
}
