package org.meetjar.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;

/** A result as JSON. What is not known is {@code null}. */
public final class ResultJson {
  private ResultJson() {}

  public static String write(LoadResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    plan(root.putObject("plan"), result.plan());
    root.put("seconds", round(result.seconds()));
    joins(root.putObject("joins"), result.joins());
    joins(root.putObject("replacements"), result.replacements());
    packets(root.putObject("packets"), result);
    delay(root.putObject("delay_ms"), result.delay());
    delay(root.putObject("delay_audio_ms"), result.audioDelay());
    delay(root.putObject("delay_video_ms"), result.videoDelay());
    streams(root.putObject("streams"), result.streams());
    process(root.putObject("server"), result.server());
    ObjectNode own = root.putObject("load");
    process(own, result.own());
    delay(own.putObject("late_ms"), result.stalls());
    return root.toPrettyString();
  }

  private static void plan(ObjectNode node, LoadPlan plan) {
    node.put("url", plan.url().toString());
    node.put("rooms", plan.rooms());
    node.put("participants", plan.participants());
    node.put("video_height", plan.video().height());
    node.put("view", plan.view().name().toLowerCase(Locale.ROOT));
    node.put("last_n", plan.lastN());
    node.put("silent", plan.silent());
    node.put("churn_per_minute", plan.churnPerMinute());
    node.put("sample", plan.sample());
    node.put("seed", plan.seed());
  }

  private static void joins(ObjectNode node, LoadResult.Join joins) {
    node.put("count", joins.count());
    node.put("failed", joins.failed());
    node.put("alone", joins.alone());
    node.put("p50_ms", round(joins.p50Ms()));
    node.put("p99_ms", round(joins.p99Ms()));
    node.put("max_ms", round(joins.maxMs()));
    node.put("last_ms", round(joins.lastMs()));
    node.put("per_second", round(joins.perSecond()));
    ObjectNode failures = node.putObject("failures");
    joins.failures().forEach(failures::put);
  }

  private static void packets(ObjectNode node, LoadResult result) {
    LoadResult.Packets packets = result.packets();
    node.put("sent", packets.sent());
    node.put("received", packets.received());
    node.put("forwarded", packets.forwarded());
    node.put("lost_in_server", packets.lostInServer());
    node.put("lost_uplink", packets.lostUplink());
    node.put("lost_audio_downlink", packets.lostAudioDownlink());
    node.put("lost_video_downlink", packets.lostVideoDownlink());
    node.put("dropped_by_load", packets.droppedHere());
    node.put("refused_by_load", packets.refusedHere());
    node.put("undecryptable", packets.undecryptable());
    node.put("received_per_second", round(result.receivedPerSecond()));
    direction(node.putObject("up"), packets.up());
    direction(node.putObject("down"), packets.down());
    node.put("nacks_sent", packets.nacksSent());
    node.put("nacks_received", packets.nacksReceived());
    node.put("key_frame_requests_received", packets.keyFrameRequests());
    node.put("key_frames_asked", packets.keyFramesAsked());
    node.put("key_frames_sent", packets.keyFramesSent());
  }

  private static void direction(ObjectNode node, LoadResult.Direction direction) {
    node.put("audio", direction.audio());
    node.put("video", direction.video());
    node.put("repairs", direction.repairs());
    node.put("padding", direction.padding());
    node.put("bytes", direction.bytes());
  }

  private static void delay(ObjectNode node, LoadResult.Delay delay) {
    node.put("count", delay.count());
    node.put("p50", round(delay.p50Ms()));
    node.put("p99", round(delay.p99Ms()));
    node.put("max", round(delay.maxMs()));
  }

  private static void streams(ObjectNode node, LoadResult.Streams streams) {
    node.put("count", streams.count());
    node.put("broken", streams.broken());
    ObjectNode faults = node.putObject("faults");
    streams
        .faults()
        .forEach((fault, count) -> faults.put(fault.name().toLowerCase(Locale.ROOT), count));
    node.put("remapped", streams.remapped());
    node.put("layer_switches", streams.layerSwitches());
    delay(node.putObject("first_key_frame_ms"), streams.firstKeyFrame());
    delay(node.putObject("switch_up_ms"), streams.switching());
  }

  private static void process(ObjectNode node, Optional<LoadResult.Cost> process) {
    number(node, "cpu_ns_per_forwarded_packet", process.flatMap(LoadResult.Cost::nanosPerPacket));
    number(node, "cpu_cores", process.map(LoadResult.Cost::cores));
    number(node, "rss_mb", process.map(LoadResult.Cost::residentMb));
    number(node, "rss_peak_mb", process.map(LoadResult.Cost::peakMb));
    number(node, "gc_ms", process.flatMap(LoadResult.Cost::collectionMs));
  }

  private static void number(ObjectNode node, String name, Optional<Double> value) {
    if (value.isPresent()) {
      node.put(name, round(value.get()));
    } else {
      node.putNull(name);
    }
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
