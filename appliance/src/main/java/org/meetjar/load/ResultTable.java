package org.meetjar.load;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A result as a table for people. */
public final class ResultTable {
  private final StringBuilder out = new StringBuilder();

  private ResultTable() {}

  public static String write(LoadResult result) {
    ResultTable table = new ResultTable();
    table.rows(result);
    return table.out.toString();
  }

  private void rows(LoadResult result) {
    LoadPlan plan = result.plan();
    row(
        "load",
        "%d × %d at %dp, %s view, %.0f s measured",
        plan.rooms(),
        plan.participants(),
        plan.video().height(),
        plan.view().name().toLowerCase(Locale.ROOT),
        result.seconds());
    joins("joins", result.joins());
    if (plan.churnPerMinute() > 0) {
      joins("replacements", result.replacements());
    }
    packets(result);
    delay("forwarding delay", result.delay());
    delay("  audio", result.audioDelay());
    delay("  video", result.videoDelay());
    streams(result.streams());
    process("server", result.server());
    process("this tool", result.own());
    delay("  late", result.stalls());
    result.joins().failures().forEach((why, count) -> row("", "%d could not join: %s", count, why));
  }

  private void joins(String name, LoadResult.Join joins) {
    row(
        name,
        "%d, %d failed; p50 %.0f ms, p99 %.0f ms, the last one %.0f ms; %.1f a second",
        joins.count(),
        joins.failed(),
        joins.p50Ms(),
        joins.p99Ms(),
        joins.lastMs(),
        joins.perSecond());
  }

  private void packets(LoadResult result) {
    LoadResult.Packets packets = result.packets();
    row("packets to the server", "%,d (%s)", packets.sent(), kinds(packets.up()));
    row("packets from it", "%,d (%s)", packets.received(), kinds(packets.down()));
    row("  in the measured time", "%,.0f a second", result.receivedPerSecond());
    row(
        "lost in the server",
        "%,d (on the way in %,d; never forwarded: audio %,d, video %,d)",
        packets.lostInServer(),
        packets.lostUplink(),
        packets.lostAudioDownlink(),
        packets.lostVideoDownlink());
    row(
        "lost by this tool",
        "%,d dropped, %,d not sent, %,d not readable",
        packets.droppedHere(),
        packets.refusedHere(),
        packets.undecryptable());
    row(
        "repair",
        "%,d asked, %,d asked of us; key frames: %,d asked, %,d asked of us",
        packets.nacksSent(),
        packets.nacksReceived(),
        packets.keyFramesAsked(),
        packets.keyFrameRequests());
  }

  private static String kinds(LoadResult.Direction direction) {
    return String.format(
        Locale.ROOT,
        "audio %,d, video %,d, repairs %,d, probes %,d",
        direction.audio(),
        direction.video(),
        direction.repairs(),
        direction.padding());
  }

  private void streams(LoadResult.Streams streams) {
    String faults =
        streams.faults().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(
                entry ->
                    entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + " "
                        + entry.getValue())
            .collect(Collectors.joining(", "));
    row(
        "streams",
        "%,d, %,d broken%s",
        streams.count(),
        streams.broken(),
        faults.isEmpty() ? "" : " (" + faults + ")");
    row("given to other sources", "%,d times", streams.remapped());
    row("layer switches", "%,d", streams.layerSwitches());
    delay("  to a larger picture", streams.switching());
    delay("first key frame after", streams.firstKeyFrame());
  }

  private void delay(String name, LoadResult.Delay delay) {
    if (delay.count() > 0) {
      row(
          name,
          "p50 %.2f ms, p99 %.2f ms, max %.1f ms",
          delay.p50Ms(),
          delay.p99Ms(),
          delay.maxMs());
    }
  }

  private void process(String name, Optional<LoadResult.Cost> process) {
    if (process.isEmpty()) {
      row(name, "not known: give --server-pid");
      return;
    }
    LoadResult.Cost used = process.get();
    row(
        name,
        "%.2f cores, %s per received packet, %.0f MB resident (%.0f at most), %s in collections",
        used.cores(),
        used.nanosPerPacket()
            .map(nanos -> String.format(Locale.ROOT, "%,.0f ns", nanos))
            .orElse("–"),
        used.residentMb(),
        used.peakMb(),
        used.collectionMs().map(ms -> String.format(Locale.ROOT, "%,.0f ms", ms)).orElse("–"));
  }

  private void row(String name, String format, Object... values) {
    out.append(String.format(Locale.ROOT, "%-24s", name))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
