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
    List<Measurement> all = new ArrayList<>();
    signalling(all, status);
    bridge(all, media);
    transports(all);
    relay(all);
    capacity.measure(all);
    certificates.ifPresent(own -> certificate(all, own));
    return all;
  }

  private static void certificate(List<Measurement> all, Certificates certificates) {
    all.add(
        Measurement.gauge(
            "meetjar_certificate_expiry_timestamp_seconds",
            "When the certificate in use expires, since 1970.",
            certificates.certificate().getNotAfter().toInstant().getEpochSecond()));
    all.add(
        Measurement.gauge(
            "meetjar_certificate_trusted",
            "Whether browsers trust the certificate in use.",
            certificates.trusted() ? 1 : 0));
  }

  private void signalling(List<Measurement> all, HubStatus status) {
    all.add(Measurement.gauge("meetjar_conferences", "Meetings that run.", meetings.meetings()));
    all.add(Measurement.gauge("meetjar_participants", "People in meetings.", meetings.people()));
    all.add(
        Measurement.gauge("meetjar_sessions", "Clients signed in.", status.sessions())
            .with("state", "all"));
    all.add(
        Measurement.gauge("meetjar_sessions", "Clients signed in.", status.hibernating())
            .with("state", "disconnected"));
    all.add(
        Measurement.gauge(
            "meetjar_strangers", "Connections that have not signed in.", status.strangers()));
    all.add(
        Measurement.gauge(
                "meetjar_queue_bytes", "What waits for clients, by queue.", status.unacknowledged())
            .with("queue", "unacknowledged"));
    all.add(
        Measurement.gauge(
            "meetjar_draining",
            "Whether new meetings are turned away.",
            meetings.draining() ? 1 : 0));
    queue(all, "signalling", loop.waiting());
    queue(all, "workers", workers.waiting());
  }

  private void bridge(List<Measurement> all, Map<String, Object> media) {
    bridge
        .metrics()
        .snapshot()
        .forEach(
            (name, value) ->
                all.add(
                    Measurement.counter(
                        "meetjar_bridge_" + name.replace("_created", "_made"),
                        "The bridge's " + name.replace('_', ' ') + ".",
                        value)));
    all.add(
        Measurement.gauge(
            "meetjar_bridge_endpoints",
            "Participants that the bridge serves.",
            bridge.endpointCount()));
    all.add(
        Measurement.gauge(
            "meetjar_bridge_cache_bytes",
            "Packets kept in case they have to be sent again.",
            bridge.cacheBytes()));
    BridgeView view = new BridgeView(media);
    quantiles(
        all,
        "meetjar_round_trip_seconds",
        "Round-trip times between participants and the bridge.",
        view.roundTrips());
    quantiles(
        all,
        "meetjar_loss_ratio",
        "The part of the packets of participants that did not arrive, since they came.",
        view.losses());
  }

  private void transports(List<Measurement> all) {
    List<LoopCounters> loops = transports.counters();
    List<Integer> waiting = transports.handedOffWaiting();
    for (int i = 0; i < loops.size(); i++) {
      String index = Integer.toString(i);
      LoopCounters counters = loops.get(i);
      counter(all, "packets_received", "Packets in, by media loop.", index, counters.packetsIn());
      counter(all, "received_bytes", "Bytes in, by media loop.", index, counters.bytesIn());
      counter(all, "packets_sent", "Packets out, by media loop.", index, counters.packetsOut());
      counter(
          all,
          "packets_sent_in_runs",
          "Of those, cut up by the kernel.",
          index,
          counters.packetsInRuns());
      counter(all, "sent_bytes", "Bytes out, by media loop.", index, counters.bytesOut());
      counter(all, "packets_handed_off", "Packets for another loop.", index, counters.handedOff());
      for (Drop why : Drop.values()) {
        all.add(
            Measurement.counter(
                    "meetjar_media_packets_dropped",
                    "Packets that went no further, by reason.",
                    counters.dropped(why))
                .with("loop", index)
                .with("reason", why.name().toLowerCase(Locale.ROOT)));
      }
      queue(all, "media-" + index, waiting.get(i));
    }
    all.add(
        Measurement.gauge("meetjar_transports", "Transports of participants.", transports.size()));
  }

  private void relay(List<Measurement> all) {
    relay
        .metrics()
        .ifPresent(
            turn -> {
              all.add(
                  Measurement.gauge(
                      "meetjar_turn_allocations", "TURN allocations.", turn.allocations()));
              all.add(
                  Measurement.counter(
                      "meetjar_turn_allocations_made",
                      "TURN allocations since the start.",
                      turn.allocationsMade()));
              all.add(relayed(turn.bytesToPeers()).with("direction", "to-peers"));
              all.add(relayed(turn.bytesToClients()).with("direction", "to-clients"));
            });
  }

  private static Measurement relayed(long bytes) {
    return Measurement.counter("meetjar_turn_relayed_bytes", "Payload relayed by TURN.", bytes);
  }

  private static void counter(
      List<Measurement> all, String name, String help, String loop, long value) {
    all.add(Measurement.counter("meetjar_media_" + name, help, value).with("loop", loop));
  }

  private static void queue(List<Measurement> all, String queue, int depth) {
    all.add(
        Measurement.gauge("meetjar_queue_depth", "What waits to be done, by queue.", depth)
            .with("queue", queue));
  }

  private static void quantiles(
      List<Measurement> all, String name, String help, List<Double> values) {
    if (values.isEmpty()) {
      return;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    for (String quantile : List.of("0.5", "0.9", "1")) {
      int index = (int) Math.ceil(Double.parseDouble(quantile) * sorted.size()) - 1;
      all.add(
          Measurement.gauge(name, help, sorted.get(Math.max(0, index))).with("quantile", quantile));
    }
  }
}
