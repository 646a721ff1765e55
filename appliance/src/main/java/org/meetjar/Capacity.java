package org.meetjar;

import java.util.Map;
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

  void measure(Figures figures) {
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
            figures.gauge("meetjar_limit", "How many there may be, by kind.", "of", of, most));
    MachineMemory memory = settings.memory().memory();
    bytes(figures, "heap", memory.heap());
    bytes(figures, "buffers", memory.direct());
    if (memory.total() < Long.MAX_VALUE) {
      bytes(figures, "memory", memory.total());
    }
    bytes(figures, "resident", settings.memory().residentBytes());
    bytes(figures, "cache", settings.bridge().cacheBytes());
    bytes(figures, "send-queues", settings.http().sendQueuesBytes());
    bytes(figures, "unacknowledged", settings.xmpp().limits().unacknowledgedTotal());
    figures.gauge(
        "meetjar_queue_bytes",
        "What waits for clients, by queue.",
        "queue",
        "send-queues",
        web.queuedBytes());
    figures.counter("meetjar_turned_away", "People who found the server full.", muc.turnedAway());
    figures.gauge(
        "meetjar_overloaded",
        "Whether the processors are too busy for new meetings.",
        overload.lasts() ? 1 : 0);
  }

  private static void bytes(Figures figures, String of, long most) {
    figures.gauge("meetjar_limit_bytes", "How much there may be, by kind.", "of", of, most);
  }
}
