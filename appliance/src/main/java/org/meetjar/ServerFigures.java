package org.meetjar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.meetjar.admin.Measured;
import org.meetjar.admin.Measurement;
import org.meetjar.bridge.Bridge;
import org.meetjar.loop.ThreadLoop;
import org.meetjar.loop.Workers;
import org.meetjar.relay.Relay;
import org.meetjar.tls.Certificates;
import org.meetjar.transport.Drop;
import org.meetjar.transport.LoopCounters;
import org.meetjar.transport.UdpTransports;
import org.meetjar.xmpp.Hub;
import org.meetjar.xmpp.HubStatus;

/**
 * The figures of all parts, for monitoring. From any thread.
 *
 * @param capacity what there is room for
 * @param certificates none where a proxy has them
 */
record ServerFigures(
    Capacity capacity,
    ThreadLoop loop,
    Workers workers,
    Hub hub,
    RunningMeetings meetings,
    Bridge bridge,
    UdpTransports transports,
    Relay relay,
    Optional<Certificates> certificates)
    implements Measured {

  @Override
  public CompletionStage<List<Measurement>> measure() {
    CompletableFuture<HubStatus> status = new CompletableFuture<>();
    loop.execute(() -> status.complete(hub.status()));
    // putting them together is no work for a loop
    return status.thenCombineAsync(bridge.debugState(), this::all, workers);
  }

  private List<Measurement> all(HubStatus status, Map<String, Object> media) {
    Figures figures = new Figures();
    signalling(figures, status);
    bridge(figures, media);
    transports(figures);
    relay(figures);
    capacity.measure(figures);
    certificates.ifPresent(own -> certificate(figures, own));
    return figures.all();
  }

  private static void certificate(Figures figures, Certificates certificates) {
    figures.gauge(
        "meetjar_certificate_expiry_timestamp_seconds",
        "When the certificate in use expires, since 1970.",
        certificates.certificate().getNotAfter().toInstant().getEpochSecond());
    figures.gauge(
        "meetjar_certificate_trusted",
        "Whether browsers trust the certificate in use.",
        certificates.trusted() ? 1 : 0);
  }

  private void signalling(Figures figures, HubStatus status) {
    figures.gauge("meetjar_conferences", "Meetings that run.", meetings.meetings());
    figures.gauge("meetjar_participants", "People in meetings.", meetings.people());
    String sessions = "Clients signed in.";
    figures.gauge("meetjar_sessions", sessions, "state", "all", status.sessions());
    figures.gauge("meetjar_sessions", sessions, "state", "disconnected", status.hibernating());
    figures.gauge("meetjar_strangers", "Connections that have not signed in.", status.strangers());
    figures.gauge(
        "meetjar_queue_bytes",
        "What waits for clients, by queue.",
        "queue",
        "unacknowledged",
        status.unacknowledged());
    figures.gauge(
        "meetjar_draining", "Whether new meetings are turned away.", meetings.draining() ? 1 : 0);
    queue(figures, "signalling", loop.waiting());
    queue(figures, "workers", workers.waiting());
  }

  private void bridge(Figures figures, Map<String, Object> media) {
    bridge
        .metrics()
        .snapshot()
        .forEach(
            (name, value) ->
                figures.counter(
                    "meetjar_bridge_" + name.replace("_created", "_made"),
                    "The bridge's " + name.replace('_', ' ') + ".",
                    value));
    figures.gauge(
        "meetjar_bridge_endpoints", "Participants that the bridge serves.", bridge.endpointCount());
    figures.gauge(
        "meetjar_bridge_cache_bytes",
        "Packets kept in case they have to be sent again.",
        bridge.cacheBytes());
    BridgeView view = new BridgeView(media);
    quantiles(
        figures,
        "meetjar_round_trip_seconds",
        "Round-trip times between participants and the bridge.",
        view.roundTrips());
    quantiles(
        figures,
        "meetjar_loss_ratio",
        "The part of the packets of participants that did not arrive, since they came.",
        view.losses());
  }

  private void transports(Figures figures) {
    List<LoopCounters> loops = transports.counters();
    List<Integer> waiting = transports.handedOffWaiting();
    for (int i = 0; i < loops.size(); i++) {
      String loop = Integer.toString(i);
      LoopCounters at = loops.get(i);
      media(figures, "packets_received", "Packets in, by media loop.", loop, at.packetsIn());
      media(figures, "received_bytes", "Bytes in, by media loop.", loop, at.bytesIn());
      media(figures, "packets_sent", "Packets out, by media loop.", loop, at.packetsOut());
      media(
          figures,
          "packets_sent_in_runs",
          "Of those, cut up by the kernel.",
          loop,
          at.packetsInRuns());
      media(figures, "sent_bytes", "Bytes out, by media loop.", loop, at.bytesOut());
      media(figures, "packets_handed_off", "Packets for another loop.", loop, at.handedOff());
      for (Drop why : Drop.values()) {
        figures.add(
            Measurement.counter(
                    "meetjar_media_packets_dropped",
                    "Packets that went no further, by reason.",
                    at.dropped(why))
                .with("loop", loop)
                .with("reason", why.name().toLowerCase(Locale.ROOT)));
      }
      queue(figures, "media-" + loop, waiting.get(i));
    }
    figures.gauge("meetjar_transports", "Transports of participants.", transports.size());
  }

  private void relay(Figures figures) {
    relay
        .metrics()
        .ifPresent(
            turn -> {
              figures.gauge("meetjar_turn_allocations", "TURN allocations.", turn.allocations());
              figures.counter(
                  "meetjar_turn_allocations_made",
                  "TURN allocations since the start.",
                  turn.allocationsMade());
              relayed(figures, "to-peers", turn.bytesToPeers());
              relayed(figures, "to-clients", turn.bytesToClients());
            });
  }

  private static void relayed(Figures figures, String direction, long bytes) {
    figures.counter(
        "meetjar_turn_relayed_bytes", "Payload relayed by TURN.", "direction", direction, bytes);
  }

  private static void media(Figures figures, String name, String help, String loop, long value) {
    figures.counter("meetjar_media_" + name, help, "loop", loop, value);
  }

  private static void queue(Figures figures, String queue, int depth) {
    figures.gauge("meetjar_queue_depth", "What waits to be done, by queue.", "queue", queue, depth);
  }

  private static void quantiles(Figures figures, String name, String help, List<Double> values) {
    if (values.isEmpty()) {
      return;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    for (String quantile : List.of("0.5", "0.9", "1")) {
      int index = (int) Math.ceil(Double.parseDouble(quantile) * sorted.size()) - 1;
      figures.gauge(name, help, "quantile", quantile, sorted.get(Math.max(0, index)));
    }
  }
}
