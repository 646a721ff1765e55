package org.meetjar;

import java.util.List;
import java.util.Map;
import org.meetjar.admin.Measurement;
import org.meetjar.config.MachineMemory;
import org.meetjar.config.Settings;
import org.meetjar.http.WebServer;
import org.meetjar.muc.Muc;

/** What there is room for, and whether there is room now. From any thread. */
record Capacity(
    Settings settings, RunningMeetings meetings, Muc muc, Overload overload, WebServer web) {
  /** A word on what is in the way of new meetings, as {@code /health/ready} has it, or nothing. */
  String obstacle() {
    if (meetings.draining()) {
      return "draining";
    }
    boolean full = meetings.people() >= settings.muc().participants();
    return full ? "full" : overload.lasts() ? "overloaded" : "";
  }

  void measure(List<Measurement> all) {
    Map<String, Integer> limits =
        Map.of(
            "participants", settings.muc().participants(),
            "endpoints", settings.bridge().maxEndpoints(),
            "meetings", settings.focus().maxConferences(),
            "rooms", settings.muc().rooms(),
            "sessions", settings.xmpp().limits().sessions(),
            "connections", settings.http().maxConnections(),
            "turn-allocations", settings.turn().enabled() ? settings.turn().maxAllocations() : 0);
    limits.forEach(
        (of, most) ->
            all.add(
                Measurement.gauge("meetjar_limit", "How many there may be, by kind.", most)
                    .with("of", of)));
    MachineMemory memory = settings.memory().memory();
    bytes(all, "heap", memory.heap());
    bytes(all, "buffers", memory.direct());
    if (memory.total() < Long.MAX_VALUE) {
      bytes(all, "memory", memory.total());
    }
    bytes(all, "resident", settings.memory().residentBytes());
    bytes(all, "cache", settings.bridge().cacheBytes());
    bytes(all, "send-queues", settings.http().sendQueuesBytes());
    bytes(all, "unacknowledged", settings.xmpp().limits().unacknowledgedTotal());
    all.add(
        Measurement.gauge(
                "meetjar_queue_bytes", "What waits for clients, by queue.", web.queuedBytes())
            .with("queue", "send-queues"));
    all.add(
        Measurement.counter(
            "meetjar_turned_away", "People who found the server full.", muc.turnedAway()));
    all.add(
        Measurement.gauge(
            "meetjar_overloaded",
            "Whether the processors are too busy for new meetings.",
            overload.lasts() ? 1 : 0));
  }

  private static void bytes(List<Measurement> all, String of, long most) {
    all.add(
        Measurement.gauge("meetjar_limit_bytes", "How much there may be, by kind.", most)
            .with("of", of));
  }
}
